package social.coral.web.texts;

import java.util.List;
import social.coral.api.Failure;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Toast;

/** The words for what came of approving several texts. */
final class Approvals {

    private Approvals() {}

    static Toast told(TextPlace place, int approved, List<Failure> refused) {
        String done = approved == 0 ? "" : "Approved " + Figures.count(approved, place.one(), place.many()) + ".";
        if (refused.isEmpty()) {
            return Toast.done(done);
        }
        String left = refused.size() == 1 ? refused.getFirst().sentence()
                : Figures.count(refused.size(), place.one(), place.many())
                        + " could not be approved: they are not in review, or were changed since you saw them.";
        return Toast.problem((done + " " + left).strip());
    }
}
