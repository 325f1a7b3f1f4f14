package social.coral.web.posts;

import com.twitter.twittertext.Extractor.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import social.coral.content.PostEntities;
import social.coral.content.TextMark;
import social.coral.knowledge.KnowledgeAnswer.Match;
import social.coral.web.frame.Address;
import social.coral.web.frame.Ellipsis;

/**
 * The text of a post in parts, with X's own rules for what is a link, a mention or a tag. Posts are hostile input: a part
 * holds plain text that the template escapes, a link leads to http or https and shows where, and marks that would turn
 * the order of letters around are left out.
 */
public record RichText(List<TextPart> parts, boolean isCut, int length) {

    private static final int SHOWN = 700;
    private static final int MAX_WORD_LENGTH = 300;
    private static final int SHOWN_OF_LINK = 36;

    /** Returns all of the text. */
    public static RichText of(String text) {
        String shown = upright(text);
        return new RichText(split(shown, false, List.of()), false, shown.codePointCount(0, shown.length()));
    }

    /** Returns all of the text with what was searched for in it, which comes in its order, marked. */
    public static RichText of(String text, List<Match> matches) {
        String shown = upright(text);
        List<Match> marks = matches.stream()
                .map(match -> new Match(upright(text.substring(0, match.start())).length(), upright(text.substring(0, match.end())).length()))
                .toList();
        return new RichText(split(shown, false, marks), false, shown.codePointCount(0, shown.length()));
    }

    /** Returns all of the text with these places marked. */
    public static RichText marked(String text, List<TextMark> marks) {
        return of(text, marks.stream().filter(mark -> mark.start() >= 0 && mark.start() < Math.min(mark.end(), text.length()))
                .sorted(Comparator.comparingInt(TextMark::start)).map(mark -> new Match(mark.start(), Math.min(mark.end(), text.length()))).toList());
    }

    /** Returns the beginning of a long text, as for a list; the rest is not parsed. */
    public static RichText beginning(String text) {
        if (text.length() <= SHOWN + MAX_WORD_LENGTH) {
            return of(text);
        }
        String begun = text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, SHOWN)));
        int space = Math.max(begun.lastIndexOf(' '), begun.lastIndexOf('\n'));
        String shown = upright(space > SHOWN - MAX_WORD_LENGTH ? begun.substring(0, space + 1) : begun);
        return new RichText(split(shown, true, List.of()), true, text.codePointCount(0, text.length()));
    }

    /** Where the text is cut, its last part may be half of something else. */
    private static List<TextPart> split(String text, boolean isCut, List<Match> marks) {
        List<TextPart> parts = new ArrayList<>();
        int at = 0;
        for (Entity entity : PostEntities.in(text)) {
            int start = entity.getStart();
            int end = entity.getEnd();
            addWords(parts, text, at, start, marks);
            String piece = text.substring(start, end);
            TextPart part = isCut && end == text.length() ? TextPart.words(piece) : part(entity, piece);
            parts.add(marks.stream().anyMatch(mark -> mark.start() < end && mark.end() > start) ? part.asMarked() : part);
            at = end;
        }
        addWords(parts, text, at, text.length(), marks);
        return parts;
    }

    private static void addWords(List<TextPart> parts, String text, int from, int to, List<Match> marks) {
        int at = from;
        for (Match mark : marks) {
            int start = Math.max(mark.start(), at);
            int end = Math.min(mark.end(), to);
            if (start < end) {
                addWords(parts, text.substring(at, start));
                parts.add(TextPart.words(text.substring(start, end)).asMarked());
                at = end;
            }
        }
        addWords(parts, text.substring(at, to));
    }

    private static void addWords(List<TextPart> parts, String words) {
        if (!words.isEmpty()) {
            parts.add(TextPart.words(words));
        }
    }

    private static TextPart part(Entity entity, String piece) {
        return switch (entity.getType()) {
            case URL -> link(piece);
            case MENTION -> found(piece, "author", entity.getValue().toLowerCase(Locale.ROOT));
            case HASHTAG, CASHTAG -> found(piece, "q", piece);
        };
    }

    private static TextPart found(String piece, String filter, String value) {
        return TextPart.link(piece, Address.of("/tweets").with(filter, value).toString(), false);
    }

    private static TextPart link(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        String address = lower.startsWith("http://") || lower.startsWith("https://") ? url : "https://" + url;
        String bare = address.substring(address.indexOf("://") + 3);
        return TextPart.link(Ellipsis.after(SHOWN_OF_LINK, bare), address, true);
    }

    /** Without the marks that override or embed a direction; right-to-left text needs none of them. */
    private static String upright(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.chars().filter(c -> !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069)).forEach(c -> kept.append((char) c));
        return kept.toString();
    }
}
