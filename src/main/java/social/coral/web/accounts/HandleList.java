package social.coral.web.accounts;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import social.coral.api.Failure;

/** Reads the handles out of what a person typed or pasted: names with or without @, or addresses of profiles. */
final class HandleList {

    static final int MOST = 100;

    private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");
    private static final Pattern PROFILE = Pattern.compile("(?i)^(https?://)?(www\\.|mobile\\.)?(x|twitter)\\.com/@?([^/?#]+).*");

    private HandleList() {}

    static List<String> read(String typed) {
        Set<String> handles = new LinkedHashSet<>();
        Arrays.stream(BETWEEN.split(typed)).filter(part -> !part.isEmpty()).map(HandleList::handle).forEach(handles::add);
        if (handles.isEmpty()) {
            throw Failure.invalid("handles", "Type at least one handle");
        }
        if (handles.size() > MOST) {
            throw Failure.invalid("handles", "These are " + handles.size() + " handles, and at most " + MOST + " can be added at once");
        }
        return List.copyOf(handles);
    }

    private static String handle(String part) {
        var profile = PROFILE.matcher(part);
        return profile.matches() ? String.valueOf(profile.group(4)) : part;
    }
}
