package social.coral.imports.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow.Values;
import social.coral.networks.PostMarkup;

/** Lists and objects that programs wrote into one cell of a table, as JSON or as Python prints them, and what they say of a post. */
final class CsvLists {

    /** Longer than any list of the links of one post. */
    private static final int MAX_LENGTH = 20_000;
    private static final Pattern OBJECT = Pattern.compile("\\{[^{}]*}");
    private static final Pattern TYPE = text("type");
    private static final Pattern URL = text("url");
    private static final Pattern EXPANDED_URL = text("expanded_url");
    private static final Pattern USERNAME = text("username|screen_name");
    private static final Pattern ID = Pattern.compile("['\"]id['\"]:\\s?['\"]?(\\d{1,20})");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,20}");
    /** X allows five edits. */
    private static final int MAX_VERSIONS = 20;
    private static final Pattern NEXT_ADDRESS = Pattern.compile(",(?=\\s*https?://)");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s'\",\\]]+");

    private CsvLists() {}

    private static Pattern text(String name) {
        return Pattern.compile("['\"](?:" + name + ")['\"]:\\s?['\"]([^'\"]{1,2000})['\"]");
    }

    /** Takes the author and the posts that a post answers or repeats out of their cells. */
    static void unfold(Values values) {
        String user = values.get(PostField.AUTHOR);
        String name = user != null && user.startsWith("{") ? inside(user, USERNAME) : null;
        if (name != null) {
            values.set(PostField.AUTHOR, name);
        }
        for (String reference : objects(values.get(PostField.REFERENCES))) {
            String id = inside(reference, ID);
            if (id != null) {
                switch (String.valueOf(inside(reference, TYPE))) {
                    case "replied_to" -> values.set(PostField.IN_REPLY_TO, id);
                    case "retweeted" -> values.set(PostField.REPOST_OF, id);
                    default -> {
                        // A quoted post is a link in the text.
                    }
                }
            }
        }
    }

    /** Returns what the short links stand for, which the table lists beside the text. */
    static Map<String, String> links(Values values) {
        Map<String, String> links = new HashMap<>();
        for (String url : objects(values.get(PostField.URLS))) {
            String from = inside(url, URL);
            String to = inside(url, EXPANDED_URL);
            if (from != null && to != null) {
                PostMarkup.addLink(links, from, to);
            }
        }
        pair(links, addresses(values.get(PostField.SHORT_LINKS)), addresses(values.get(PostField.TARGETS)));
        // The archives of 2012 to 2018 list the targets alone, in the order of the text, and that of several pictures once for each.
        List<String> inText = PostMarkup.SHORT_LINK.matcher(String.valueOf(values.get(PostField.TEXT))).results().map(MatchResult::group).toList();
        List<String> targets = List.of(NEXT_ADDRESS.split(Objects.requireNonNullElse(values.get(PostField.EXPANDED_URLS), "")));
        pair(links, inText, targets.size() == inText.size() ? targets : targets.stream().distinct().toList());
        PostMarkup.dropOwnPictures(links, values.get(PostField.ID));
        return links;
    }

    /** Returns the ids of all versions of an edited post, which stand in one cell. */
    static List<String> versions(Values values) {
        String cell = values.get(PostField.VERSIONS);
        return versions(cell == null || cell.length() > MAX_LENGTH ? List.of() : DIGITS.matcher(cell).results().map(MatchResult::group).toList());
    }

    /** Returns these ids if they can be those of the versions of one post that was edited; none otherwise. */
    static List<String> versions(List<String> ids) {
        return ids.size() > 1 && ids.size() <= MAX_VERSIONS ? ids : List.of();
    }

    private static @Nullable String inside(String object, Pattern property) {
        Matcher found = property.matcher(object);
        return object.length() <= MAX_LENGTH && found.find() ? found.group(1) : null;
    }

    private static List<String> objects(@Nullable String cell) {
        return cell == null || cell.length() > MAX_LENGTH ? List.of() : OBJECT.matcher(cell).results().map(MatchResult::group).toList();
    }

    private static List<String> addresses(@Nullable String cell) {
        return ADDRESS.matcher(cell == null || cell.length() > MAX_LENGTH ? "" : cell).results().map(MatchResult::group).toList();
    }

    private static void pair(Map<String, String> links, List<String> from, List<String> to) {
        for (int i = 0; i < from.size() && from.size() == to.size(); i++) {
            PostMarkup.addLink(links, from.get(i), to.get(i).strip());
        }
    }
}
