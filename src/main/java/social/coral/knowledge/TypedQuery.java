package social.coral.knowledge;

import java.util.ArrayList;
import java.util.List;

/**
 * What a person has typed to search for. A part in quotation marks is a phrase, and a part behind a minus must not be there; nothing
 * else has a meaning of its own, and nothing is wrong.
 */
final class TypedQuery {

    /** One part, without its quotation marks and minus; of an address the host alone. */
    record Part(String text, boolean phrase, boolean excluded) {}

    private static final int MAX_LENGTH = 500;
    private static final int MAX_PARTS = 24;
    private static final String QUOTES = "\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\uff02";
    private static final String MINUSES = "-\u2212\uff0d";
    private static final String SCHEME = "://";

    private final String text;
    private int next;

    private TypedQuery(String text) {
        this.text = text;
    }

    static List<Part> parts(String typed) {
        int length = Math.min(typed.length(), MAX_LENGTH);
        TypedQuery query = new TypedQuery(typed.substring(0, length));
        List<Part> parts = new ArrayList<>();
        while (parts.size() < MAX_PARTS && query.skipSpace()) {
            Part part = query.part();
            if (!part.text().isBlank()) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Returns the words of a text, as many as a question can have, without marks that would make phrases of them or leave them out. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < text.length() && plain.length() <= MAX_LENGTH; at++) {
            char next = text.charAt(at);
            boolean begins = plain.isEmpty() || plain.charAt(plain.length() - 1) == ' ';
            if (isSpace(next) || QUOTES.indexOf(next) >= 0) {
                plain.append(begins ? "" : " ");
            } else if (!begins || MINUSES.indexOf(next) < 0) {
                plain.append(next);
            }
        }
        if (plain.length() > MAX_LENGTH) {
            int space = plain.lastIndexOf(" ");
            plain.setLength(space > 0 ? space : Character.isHighSurrogate(plain.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH);
        }
        return plain.toString().strip();
    }

    private boolean skipSpace() {
        while (next < text.length() && isSpace()) {
            next++;
        }
        return next < text.length();
    }

    private Part part() {
        boolean excluded = isOneOf(MINUSES) && !isNumberOrOption();
        if (excluded) {
            next++;
        }
        boolean phrase = next < text.length() && isOneOf(QUOTES);
        int start = phrase ? ++next : next;
        while (next < text.length() && !isOneOf(QUOTES) && (phrase || !isSpace())) {
            next++;
        }
        String part = text.substring(start, next);
        if (phrase) {
            next++;
        }
        return new Part(phrase ? part : host(part), phrase, excluded);
    }

    /** Reports whether a minus is that of -5, or of an option such as -i. */
    private boolean isNumberOrOption() {
        boolean alone = next + 2 >= text.length() || isSpace(text.charAt(next + 2));
        return next + 1 < text.length() && (Character.isDigit(text.charAt(next + 1)) || alone && text.charAt(next + 1) < 0x80 && Character.isLetter(text.charAt(next + 1)));
    }

    // What is behind the host of an address is rarely in a text as it was typed.
    private static String host(String word) {
        int scheme = word.indexOf(SCHEME);
        String address = scheme < 0 ? word : word.substring(scheme + SCHEME.length());
        int end = 0;
        while (end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        String host = address.substring(0, end);
        return scheme >= 0 || host.indexOf('.') > 0 ? host : word.replace(':', ' ');
    }

    private boolean isOneOf(String characters) {
        return characters.indexOf(text.charAt(next)) >= 0;
    }

    private boolean isSpace() {
        return isSpace(text.charAt(next));
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
