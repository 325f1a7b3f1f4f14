package social.coral.models;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.coral.api.StorableText;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A text for a model to read, with its provenance. Too long a text is cut, and what identifies a person or opens something is removed.
 *
 * @param author who wrote it, by a public name such as {@code @reef_notes}; empty if nobody is known
 */
public record Material(Kind kind, String author, String text) {

    /** Where a text is from. */
    public enum Kind {
        POST,
        /** A post that is to be answered. */
        MENTION,
        WEB_PAGE,
        DRAFT,
        PERSONA,
        NOTE,
        ANSWER_OF_A_MODEL
    }

    static final int MAX_LENGTH = 100_000;
    private static final int MAX_AUTHOR_LENGTH = 100;
    private static final JsonMapper JSON = new JsonMapper();
    /** Controls of terminals and of the direction of writing, and characters that nobody sees but a model reads. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\x{e0000}-\\x{e007f}&&[^\\n\\t\\x{200d}]]+");
    /** Signs that begin markup or the special words of models, which servers of one's own may read within a text; and line breaks that JSON has not. */
    private static final Pattern MARKUP = Pattern.compile("[<>\\[\\]\\u2028\\u2029]");

    public Material {
        author = PersonalData.removed(StorableText.truncate(INVISIBLE.matcher(author).replaceAll(""), MAX_AUTHOR_LENGTH));
        text = PersonalData.removed(StorableText.truncate(INVISIBLE.matcher(text).replaceAll(""), MAX_LENGTH));
    }

    /** Returns it as one line of JSON. Quotation marks and line breaks are escaped, so that the text cannot end its quotation. */
    String quoted() {
        ObjectNode quoted = JSON.createObjectNode()
                .put("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .put("author", author)
                .put("text", text);
        return MARKUP.matcher(JSON.writeValueAsString(quoted)).replaceAll(
                sign -> Matcher.quoteReplacement("\\u%04x".formatted((int) sign.group().charAt(0))));
    }
}
