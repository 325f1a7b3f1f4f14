package social.coral.imports.archive;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Reads a text without a byte order mark: UTF-8, or windows-1252 as spreadsheets save it. Which one it is shows at the first byte beyond
 * ASCII, wherever that is. Anything else is refused, because its letters cannot be known.
 */
final class UnmarkedText extends Reader {

    /** The text is in a character set that cannot be recognised. */
    static final class UnknownLetters extends IOException {

        private UnknownLetters() {
            super("The encoding of this file cannot be recognised: it is neither UTF-8 nor windows-1252. Save it as UTF-8 and upload it again.");
        }
    }

    private static final int WINDOW = 1 << 16;

    private final PeekStream in;
    private final Runnable notUtf8;
    private Reader rest = nullReader();
    private boolean decided;

    /** @param notUtf8 is run when the text turns out to be windows-1252 */
    UnmarkedText(PeekStream in, Runnable notUtf8) {
        this.in = in;
        this.notUtf8 = notUtf8;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (decided) {
            return rest.read(buffer, offset, length);
        }
        byte[] ahead = in.peek(Math.min(length, WINDOW));
        if (ahead.length == 0) {
            // A file that breaks off here says so when it is read.
            return in.read();
        }
        int ascii = 0;
        while (ascii < ahead.length && ahead[ascii] >= 0) {
            buffer[offset + ascii] = (char) ahead[ascii];
            ascii++;
        }
        in.skipNBytes(ascii);
        if (ascii > 0) {
            return ascii;
        }
        rest = decide();
        decided = true;
        return rest.read(buffer, offset, length);
    }

    private Reader decide() throws IOException {
        byte[] window = in.peek(WINDOW);
        if (!TextEncoding.hasHighBytesButNoUtf8(window)) {
            return TextEncoding.UTF_8.reader(in);
        }
        Reader text = new Judged(TextEncoding.WINDOWS_1252.reader(in), window);
        notUtf8.run();
        return text;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Judges the letters of the first window beforehand, and those of all that follows after each further one and at the end. */
    private static final class Judged extends FilterReader {

        private final Windows1252 letters = new Windows1252();
        private int sinceJudged;

        private Judged(Reader text, byte[] window) throws IOException {
            super(text);
            Windows1252 first = new Windows1252();
            char[] chars = new String(window, TextEncoding.WINDOWS_1252.charset()).toCharArray();
            for (int i = 0; i < chars.length; i++) {
                chars[i] = chars[i] == '\uFFFD' ? PostRow.UNREADABLE : chars[i];
            }
            first.read(chars, 0, chars.length);
            demandProbable(first);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            letters.read(buffer, offset, Math.max(0, count));
            sinceJudged += Math.max(0, count);
            if (count < 0 || sinceJudged > WINDOW) {
                sinceJudged = 0;
                demandProbable(letters);
            }
            return count;
        }

        private static void demandProbable(Windows1252 letters) throws IOException {
            if (letters.isImprobable()) {
                throw new UnknownLetters();
            }
        }
    }
}
