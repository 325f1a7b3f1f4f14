package social.coral.imports.archive;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is in the file.
 *
 * @param escaped whether the text is as X wrote it, with {@code & < >} escaped as in HTML
 * @param links what the short links in the text stand for; an empty text for a link to the post's own picture
 * @param versions the ids of all versions of an edited post, the oldest first; empty for a post that was never edited
 * @param ofX whether it is X's own record, of an archive or as its API returns it, and not what a program or a person made of it
 */
public record PostRow(Place place, Kind kind, Map<PostField, String> values, boolean escaped, Map<String, String> links, List<String> versions,
        boolean ofX) {

    /** Stands in a text for bytes that are no character of the file's character set, and in no text that a person wrote. */
    public static final char UNREADABLE = '\uFFFF';

    /** What a row represents. */
    public enum Kind {
        POST,
        /** A row of a table, or an object whose id is not X's text of it: a program or a person may have changed it. */
        TABLE_ROW,
        REPOST,
        DELETED_POST,
        COMMUNITY_POST,
        /** A post to the few people of its author's Twitter Circle. */
        CIRCLE_POST,
        /** The whole text of a long post. It has an id of its own and belongs to the post with the same author, time and beginning. */
        LONG_TEXT
    }

    public @Nullable String value(PostField field) {
        return values.get(field);
    }

    /** Reports whether its text breaks off; only such a one has a long text beside it. */
    public boolean breaksOff() {
        String text = value(PostField.TEXT);
        return text != null && text.indexOf('…') >= 0;
    }

    /** Returns about how many characters it holds. */
    public int length() {
        return Stream.of(values.values(), links.keySet(), links.values(), versions).flatMap(Collection::stream).mapToInt(String::length).sum();
    }

    /** The same row without what it says of this field. */
    public PostRow without(PostField field) {
        Map<PostField, String> others = new EnumMap<>(values);
        others.remove(field);
        return new PostRow(place, kind, others, escaped, links, versions, ofX);
    }

    /** The same row, taken for another. */
    public PostRow as(Kind other) {
        return new PostRow(place, other, values, escaped, links, versions, ofX);
    }

    /** Collects a row's values; a better-ranked name replaces a worse one. */
    static final class Values {

        private static final Pattern COUNT = Pattern.compile("[0-9]{1,10}(?:\\.0)?");
        private final Map<PostField, String> values = new EnumMap<>(PostField.class);
        private final Map<PostField, Integer> ranks = new EnumMap<>(PostField.class);

        void add(PostField.@Nullable Name name, String value) {
            if (name != null && name.field().isUnclear(value.strip())) {
                values.put(PostField.UNCLEAR, value);
            }
            if (name != null && name.field() == PostField.REPOST_OR_COUNT && COUNT.matcher(value.strip()).matches()) {
                values.putIfAbsent(PostField.RETWEETS, value);
            }
            if (name != null && (name.field() == PostField.STATUS || name.field() == PostField.STATUS_OR_OTHER)) {
                addStatus(name, value.strip());
            } else if (name != null && name.field() == PostField.AUTHOR_OR_NAME) {
                add(new PostField.Name(PostField.AUTHOR, Integer.MAX_VALUE), value);
            } else if (name != null && !isNothing(name.field(), value) && name.rank() <= ranks.getOrDefault(name.field(), Integer.MAX_VALUE)) {
                values.put(name.field(), value);
                ranks.put(name.field(), name.rank());
            }
        }

        /** Of several columns, one is enough to say that a post was not published. */
        private void addStatus(PostField.Name name, String value) {
            PublishingStatus status = PublishingStatus.of(value);
            boolean tells = status != PublishingStatus.UNKNOWN || name.field() == PostField.STATUS;
            if (!isNothing(name.field(), value) && tells && (values.get(PostField.STATUS) == null || status == PublishingStatus.NOT_ON_X)) {
                values.put(PostField.STATUS, value);
            }
        }

        /** Databases and programs have words for no value, which only a text or a name can mean literally. */
        private static boolean isNothing(PostField field, String value) {
            if (field.isFlag()) {
                return !field.isSetBy(value.strip());
            }
            return switch (value.strip().toLowerCase(Locale.ROOT)) {
                case "" -> true;
                case "\\n", "null", "nan", "none", "nil", "n/a", "na", "<na>", "nat", "undefined" -> field != PostField.TEXT && field != PostField.AUTHOR;
                case "0", "0.0", "false", "[]" -> field.classifiesRow() || field == PostField.IN_REPLY_TO || field == PostField.CONVERSATION;
                default -> false;
            };
        }

        /** Returns what a row is that is no post of the author's own; null if nothing in it says that it is anything else. */
        @Nullable Kind kind() {
            if (hasAny(PostField.DELETED_AT, PostField.IS_DELETED)) {
                return Kind.DELETED_POST;
            }
            if (hasAny(PostField.REPOST_OF, PostField.IS_REPOST, PostField.POST_TYPE, PostField.REPOST_OR_COUNT)) {
                return Kind.REPOST;
            }
            return hasAny(PostField.COMMUNITY) ? Kind.COMMUNITY_POST : null;
        }

        /** Reports whether it is a private message, or on another network. */
        boolean isNoPostOfX() {
            return hasAny(PostField.MESSAGE_TO, PostField.EVENT_TYPE, PostField.NETWORK, PostField.ADDRESS);
        }

        private boolean hasAny(PostField... fields) {
            return Stream.of(fields).anyMatch(values::containsKey);
        }

        void set(PostField field, String value) {
            values.put(field, value);
            ranks.put(field, -1);
        }

        Map<PostField, String> all() {
            return values;
        }

        @Nullable String get(PostField field) {
            return values.get(field);
        }
    }
}
