package social.coral.content;

import java.time.LocalDate;
import java.util.List;

/**
 * What an agent's text may rest on.
 *
 * @param texts what the sources say, and what the persona is given
 * @param addresses where the sources are, and the texts of the persona
 * @param names who the sources are by, and the texts of the persona
 * @param days when the sources were written
 */
record TextBasis(List<String> texts, List<String> addresses, List<String> names, List<LocalDate> days) {

    static final TextBasis NONE = new TextBasis(List.of(), List.of(), List.of(), List.of());
}
