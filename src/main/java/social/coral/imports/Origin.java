package social.coral.imports;

import java.util.Locale;
import java.util.regex.Pattern;

/** Where a record of a post comes from, the best last. */
enum Origin {
    /** A table, or what else a program or a person has written. */
    TABLE,
    /** X's own record, of whose text X gives only the beginning. */
    CUT,
    /** X's own record. */
    X;

    /** X cuts a text off after some 270 characters, or half as many in scripts whose letters count double. */
    static final int SHORTEST_BREAK = 100;

    private static final Pattern BREAK = Pattern.compile(
            "…\\s*+(?:https?://(?:t\\.co/[A-Za-z0-9]{1,40}+|(?:twitter|x)\\.com/i/web/status/[0-9]{1,20}+)\\s*+)++$");

    static Origin of(boolean ofX, String text) {
        if (!ofX) {
            return TABLE;
        }
        int end = text.lastIndexOf('…');
        return end >= SHORTEST_BREAK && BREAK.matcher(text).find(end) ? CUT : X;
    }

    /** Reports whether it comes from X itself. */
    boolean isOfX() {
        return this != TABLE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
