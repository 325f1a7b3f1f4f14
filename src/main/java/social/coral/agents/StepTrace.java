package social.coral.agents;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.agents.StepMaterial.Piece;
import social.coral.api.StorableText;

/** Gathers what went into a step and what came out of it, within a number of bytes. */
final class StepTrace {

    /** Of what was read, and as much again of what was made. */
    static final int MAX_BYTES = 8 << 10;
    private static final int MAX_PIECES = 40;
    private static final int MAX_LABEL = 100;
    private static final int MAX_PAGE = 200;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]+");

    private final List<Piece> read;
    private final List<Piece> made;

    /** @param before what an earlier attempt at the step kept */
    StepTrace(StepMaterial before) {
        this.read = new ArrayList<>(before.read());
        this.made = new ArrayList<>(before.made());
    }

    void read(String label, String text, @Nullable String page) {
        add(read, label, text, page);
    }

    void made(String label, String text, @Nullable String page) {
        add(made, label, text, page);
    }

    StepMaterial material() {
        return new StepMaterial(read, made);
    }

    /** Does what may be undone; then what it noted is as if it had never been there. */
    <T extends Object> T undoable(Supplier<T> work) {
        int wasRead = read.size();
        int wasMade = made.size();
        try {
            return work.get();
        } catch (RuntimeException | Error undone) {
            read.subList(wasRead, read.size()).clear();
            made.subList(wasMade, made.size()).clear();
            throw undone;
        }
    }

    /** A step that goes on after an interruption reads again what it had read, which is kept once. */
    private static void add(List<Piece> pieces, String label, String text, @Nullable String page) {
        String clean = CONTROLS.matcher(text).replaceAll(" ");
        String kept = beginning(clean, MAX_BYTES - pieces.stream().mapToInt(piece -> bytes(piece.text())).sum());
        boolean isKnown = pieces.stream().anyMatch(piece -> piece.label().equals(label) && (piece.cut() ? clean.startsWith(piece.text()) : clean.equals(piece.text())));
        if (!isKnown && pieces.size() < MAX_PIECES) {
            pieces.add(new Piece(StorableText.truncate(label, MAX_LABEL), kept, StorableText.truncateNullable(page, MAX_PAGE), kept.length() < clean.length()));
        }
    }

    /** The beginning of a text that takes so many bytes at most, cut between two characters. */
    static String beginning(String text, int most) {
        int end = 0;
        int bytes = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > most) {
                break;
            }
            end += Character.charCount(point);
        }
        // What belongs to the character before, such as an accent or the rest of a family, is cut off with it.
        while (end > 0 && end < text.length() && isJoined(text, end)) {
            end = text.offsetByCodePoints(end, -1);
        }
        return StorableText.truncate(text.substring(0, end), end);
    }

    private static boolean isJoined(String text, int at) {
        int next = text.codePointAt(at);
        int type = Character.getType(next);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.COMBINING_SPACING_MARK || next == 0x200D
                || next >= 0x1F3FB && next <= 0x1F3FF || text.codePointBefore(at) == 0x200D;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
