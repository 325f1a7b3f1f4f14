package social.coral.web.data;

import java.util.List;
import social.coral.web.frame.Form;

/**
 * The question before everything is erased, with what will be lost.
 *
 * @param holdings what there is of the person, such as {@code 12 collected posts}; nothing of what there is none of
 * @param recent whether the person signed in so lately that no password is asked for
 */
public record EraseView(Form form, boolean recent, List<String> holdings) {}
