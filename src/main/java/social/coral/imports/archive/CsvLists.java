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
    private static final Pattern SHORT_LINK_AT_END = Pattern.compile("(https?://t\\.co/[A-Za-z0-9]{1,40})\\s*$");
    /** As Python prints the links of a post: {@code TextLink(text='…', url='…', tcourl='…')}. */
    private static final Pattern PRINTED_LINK = Pattern.compile("\\burl['\"]?[=:] ?['\"]([^'\"]{1,2000})['\"], ?['\"]?tcourl['\"]?[=:] ?['\"]([^'\"]{1,200})['\"]");
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
        PRINTED_LINK.matcher(bounded(values.get(PostField.URLS))).results().forEach(link -> PostMarkup.addLink(links, link.group(2), link.group(1)));
        pair(links, addresses(values.get(PostField.SHORT_LINKS)), addresses(values.get(PostField.TARGETS)));
        // The archives of 2012 to 2018 list the targets alone, in the order of the text, and that of several pictures once for each.
        List<String> inText = PostMarkup.SHORT_LINK.matcher(String.valueOf(values.get(PostField.TEXT))).results().map(MatchResult::group).toList();
        List<String> targets = List.of(NEXT_ADDRESS.split(Objects.requireNonNullElse(values.get(PostField.EXPANDED_URLS), "")));
        pair(links, inText, targets.size() == inText.size() ? targets : targets.stream().distinct().toList());
        PostMarkup.dropOwnPictures(links, values.get(PostField.ID));
        String media = bounded(values.get(PostField.MEDIA));
        List<String> pictures = objects(media).stream().map(picture -> inside(picture, URL)).filter(Objects::nonNull).toList();
        pictures.forEach(picture -> links.put(picture, ""));
        if (pictures.isEmpty() && media.contains("twimg.com")) {
            dropLinkToPictures(links, String.valueOf(values.get(PostField.TEXT)));
        }
        return links;
    }

    /** Makes the short link at the end of a text, if it is in no list, one to the post's own pictures. */
    static void dropLinkToPictures(Map<String, String> links, String text) {
        SHORT_LINK_AT_END.matcher(text).results().map(end -> end.group(1)).forEach(link -> links.putIfAbsent(link, ""));
    }

    /** Returns the ids of all versions of an edited post, which stand in one cell. */
    static List<String> versions(Values values) {
        String cell = values.get(PostField.VERSIONS);
        return versions(DIGITS.matcher(bounded(cell)).results().map(MatchResult::group).toList());
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
        return OBJECT.matcher(bounded(cell)).results().map(MatchResult::group).toList();
    }

    private static List<String> addresses(@Nullable String cell) {
        return ADDRESS.matcher(bounded(cell)).results().map(MatchResult::group).toList();
    }

    private static String bounded(@Nullable String cell) {
        return cell == null || cell.length() > MAX_LENGTH ? "" : cell;
    }

    private static void pair(Map<String, String> links, List<String> from, List<String> to) {
        for (int i = 0; i < from.size() && from.size() == to.size(); i++) {
            PostMarkup.addLink(links, from.get(i), to.get(i).strip());
        }
    }
}
