package social.coral.imports.archive;

/**
 * Judges whether a text that was read as windows-1252 was written in it: in texts of other code pages and of old Macs, most letters beyond
 * ASCII are ones that the languages of Western Europe do not have, or stand where these do not put them.
 */
final class Windows1252 {

    private static final String USUAL = "àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ";
    /** What may stand between two letters without being one. */
    private static final String BETWEEN_LETTERS = "‘’–—…·€™®©\u00A0";
    /** Signs of which no two different ones stand side by side. */
    private static final String SINGLE_SIGNS = "¢£¤¥¦§¨©ª¬\u00AD®¯°±²³´µ¶¸¹º¼½¾";
    /** In no language do three different ones follow each other, but in Greek and Cyrillic nearly all letters are read as such. */
    private static final int LONG_RUN = 3;
    /** One unusual letter in twenty may be a foreign name. */
    private static final int FEW = 20;

    private char beforeLast = ' ';
    private char last = ' ';
    private int run;
    private boolean mixedRun;
    private long usual;
    private long unusual;
    private long tildesAndCircumflexes;
    private long umlauts;

    void read(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            read(text[i]);
        }
    }

    private void read(char c) {
        boolean letter = isLetter(c);
        if (letter && isLetter(beforeLast) && isSymbol(last) && BETWEEN_LETTERS.indexOf(last) < 0) {
            unusual++;
        }
        if (letter && c > 0x7F) {
            count(c);
        } else {
            run = 0;
            mixedRun = false;
            boolean odd = c == PostRow.UNREADABLE || c == '¤' || c != last && SINGLE_SIGNS.indexOf(c) >= 0 && SINGLE_SIGNS.indexOf(last) >= 0;
            unusual += odd ? 1 : 0;
        }
        beforeLast = last;
        last = c;
    }

    private void count(char c) {
        run++;
        mixedRun |= run > 1 && c != last;
        boolean odd = USUAL.indexOf(c) < 0 || Character.isUpperCase(c) && Character.isLowerCase(last) || run >= LONG_RUN && mixedRun;
        unusual += odd ? 1 : 0;
        usual += odd ? 0 : 1;
        tildesAndCircumflexes += c == 'õ' || c == 'û' ? 1 : 0;
        umlauts += c == 'ö' || c == 'ü' ? 1 : 0;
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) && !isSymbol(c);
    }

    /** Some letters by name are signs by use. */
    private static boolean isSymbol(char c) {
        return c > 0x7F && (!Character.isLetter(c) || "ªºµˆ".indexOf(c) >= 0);
    }

    /** Hungarian has long umlauts in the places of õ and û, which stand beside umlauts in no language of the West. */
    boolean isImprobable() {
        long hungarian = umlauts * 4 >= tildesAndCircumflexes ? tildesAndCircumflexes : 0;
        return (unusual + hungarian) * FEW > usual + unusual;
    }
}
