package social.coral.imports.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow.Values;
import social.coral.networks.PostMarkup;

/** Lists and objects that programs wrote into one cell of a table, as JSON or as Python prints them, and what they say of a post. */
final class CsvLists {

    private static final String TEXT = "['\"]([^'\"]{1,2000})['\"]";
    private static final Pattern LINK = Pattern.compile("\\burl['\"]?[:=]\\s*['\"](https?://t\\.co/\\w+)['\"][^{}]*?expanded_url['\"]?[:=]\\s*" + TEXT);
    private static final Pattern REFERENCE = Pattern.compile("\\{[^{}]*}");
    private static final Pattern TYPE = Pattern.compile("['\"]type['\"]:\\s*" + TEXT);
    private static final Pattern ID = Pattern.compile("['\"]id['\"]:\\s*['\"]?(\\d{1,20})");
    private static final Pattern USERNAME = Pattern.compile("\\{.*['\"](?:username|screen_name)['\"]:\\s*['\"](\\w{1,20})['\"].*", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s'\",\\]]+");

    private CsvLists() {}

    /** Takes the author and the posts that a post answers or repeats out of their cells. */
    static void unfold(Values values) {
        Matcher user = USERNAME.matcher(String.valueOf(values.get(PostField.AUTHOR)));
        if (user.matches()) {
            values.set(PostField.AUTHOR, user.group(1));
        }
        REFERENCE.matcher(String.valueOf(values.get(PostField.REFERENCES))).results().map(MatchResult::group).forEach(reference -> {
            Matcher type = TYPE.matcher(reference);
            Matcher id = ID.matcher(reference);
            if (type.find() && id.find()) {
                switch (type.group(1)) {
                    case "replied_to" -> values.set(PostField.IN_REPLY_TO, id.group(1));
                    case "retweeted" -> values.set(PostField.REPOST_OF, id.group(1));
                    default -> {
                        // A quoted post is a link in the text.
                    }
                }
            }
        });
    }

    /** Returns what the short links stand for, which the table lists beside the text. */
    static Map<String, String> links(Values values) {
        Map<String, String> links = new HashMap<>();
        LINK.matcher(String.valueOf(values.get(PostField.URLS))).results().forEach(link -> PostMarkup.addLink(links, link.group(1), link.group(2)));
        pair(links, addresses(values.get(PostField.SHORT_LINKS)), addresses(values.get(PostField.TARGETS)));
        // The archives of 2012 to 2018 list the targets alone, in the order of the text.
        String text = String.valueOf(values.get(PostField.TEXT));
        String targets = values.get(PostField.EXPANDED_URLS);
        if (targets != null) {
            pair(links, PostMarkup.SHORT_LINK.matcher(text).results().map(MatchResult::group).toList(), List.of(targets.split(",")));
        }
        return links;
    }

    private static List<String> addresses(@Nullable String cell) {
        return ADDRESS.matcher(String.valueOf(cell)).results().map(MatchResult::group).toList();
    }

    private static void pair(Map<String, String> links, List<String> from, List<String> to) {
        for (int i = 0; i < from.size() && from.size() == to.size(); i++) {
            PostMarkup.addLink(links, from.get(i), to.get(i).strip());
        }
    }
}
