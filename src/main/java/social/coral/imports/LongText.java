package social.coral.imports;

import java.text.Normalizer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostField;
import social.coral.imports.archive.PostRow;

/** A long text, and the names that it begins with apart from the rest, whose beginning is compared with each post. */
record LongText(PostRow row, String id, Names names, String rest, int restLength, String beginning, Instant time) {

    /** The letters that a post begins with, if the accents of each are characters of their own. */
    private static final int MAX_COMPARED = 4_000;

    static LongText of(PostRow row, String text, Instant time) {
        Names names = Names.of(text);
        String rest = text.substring(names.length()).strip();
        return new LongText(row, Objects.requireNonNullElse(GivenId.of(row), row.place().toString()), names, rest, rest.codePointCount(0, rest.length()),
                composed(rest.substring(0, Math.min(rest.length(), MAX_COMPARED))), time);
    }

    /** Reports whether something in it was taken for an escape that may be none. */
    boolean mayBePlain() {
        return row.escaped() && value(PostField.TEXT).indexOf('&') >= 0;
    }

    /** The same text if nothing in it was escaped, as archives have it too: it may hold what only looks like an escape. */
    LongText plain() {
        PostRow plain = new PostRow(row.place(), row.kind(), row.values(), false, row.links(), row.versions(), row.ofX());
        try {
            return of(plain, PostText.of(plain), time);
        } catch (ImportedPost.NoPost e) {
            return this;
        }
    }

    /** Returns the text with the names that its post begins with, of which it may lack some. */
    String under(Names namesOfPost) {
        return namesUnder(namesOfPost) + rest;
    }

    /** Reports whether a post of this length, which begins so, has all of it. */
    boolean isAllOf(Names namesOfPost, int length, String start) {
        if (length != namesOfPost.length() + restLength && length != names.length() + restLength) {
            return false;
        }
        String first = namesUnder(namesOfPost);
        if (length != first.length() + restLength) {
            return false;
        }
        return first.length() < start.length() ? start.startsWith(first) && rest.startsWith(start.substring(first.length())) : first.startsWith(start);
    }

    private String namesUnder(Names ofPost) {
        boolean hasAll = ofPost.text().endsWith(names.text()) || names.length() < ofPost.length() && ofPost.holdAllOf(names);
        return hasAll ? ofPost.text() : names.text();
    }

    /** Reports whether it is a later version of the same long text. */
    boolean isLaterThan(LongText other) {
        return value(PostField.UPDATED_AT).compareTo(other.value(PostField.UPDATED_AT)) > 0;
    }

    private String value(PostField field) {
        return Objects.requireNonNullElse(row.value(field), "");
    }

    /** The two files can write the same accents differently. */
    static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Where the names end that a reply begins with. */
    private static int endOfMentions(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) == '@') {
            int space = end;
            while (space < text.length() && !Character.isWhitespace(text.charAt(space))) {
                space++;
            }
            if (space == text.length()) {
                return end;
            }
            end = space + 1;
        }
        return end;
    }

    /** The names that a text begins with. Their set is made only where it is needed. */
    static final class Names {

        private final String text;
        private @Nullable Set<String> words;

        private Names(String text) {
            this.text = text;
        }

        static Names of(String text) {
            return new Names(text.substring(0, endOfMentions(text)));
        }

        String text() {
            return text;
        }

        int length() {
            return text.length();
        }

        boolean holdAllOf(Names others) {
            return words().containsAll(others.words());
        }

        private Set<String> words() {
            Set<String> made = words;
            if (made == null) {
                made = new HashSet<>(List.of(text.strip().split("\\s+")));
                words = made;
            }
            return made;
        }
    }
}
