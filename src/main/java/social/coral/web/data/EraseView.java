package social.coral.web.data;

import java.util.List;
import java.util.stream.Collectors;
import social.coral.portability.Holdings.Holding;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;

/**
 * The question before everything is erased, with what will be lost.
 *
 * @param recent whether the person signed in so lately that no password is asked for
 */
public record EraseView(Form form, boolean recent, List<Holding> holdings) {

    /** Everything that the person has, such as {@code 12 posts, 1 persona}. */
    public String losses() {
        return holdings.stream()
                .map(held -> Figures.counted(held.count(), held.table().one(), held.table().many())).collect(Collectors.joining(", "));
    }
}
