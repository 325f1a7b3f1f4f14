package social.coral.web.texts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import social.coral.web.frame.Ellipsis;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Toast;

/** The words for what came of approving several texts. */
final class Approvals {

    private static final int NAMED = 8;
    private static final int LONGEST_NAME = 40;

    /** A text that could not be approved, and why. */
    record Refused(String name, String reason) {}

    private Approvals() {}

    static Toast told(TextPlace place, int approved, List<Refused> refused) {
        String done = approved == 0 ? "" : "Approved " + Figures.count(approved, place.one(), place.many()) + ".";
        if (refused.isEmpty()) {
            return Toast.done(done);
        }
        Map<String, List<String>> byReason = refused.stream().collect(Collectors.groupingBy(Refused::reason, LinkedHashMap::new,
                Collectors.mapping(one -> "“" + Ellipsis.after(LONGEST_NAME, one.name()) + "”", Collectors.toList())));
        String left = byReason.entrySet().stream().map(reason -> names(reason.getValue()) + ": " + reason.getKey()).collect(Collectors.joining(" "));
        return Toast.problem((done + " Not approved: " + left).strip());
    }

    private static String names(List<String> names) {
        int more = names.size() - NAMED;
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + (more > 0 ? " and " + more + " more" : "");
    }
}
