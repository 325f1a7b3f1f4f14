package social.coral.content;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text as a reader takes it: references of HTML resolved, forms of the same character made one, digits of all scripts as 0 to 9, and without
 * the characters that nobody sees. Each character knows where it stands in the text.
 */
final class ReadableText {

    private static final Pattern REFERENCE = Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,6}));?");
    private static final Map<String, String> NAMED = Map.ofEntries(Map.entry("amp", "&"), Map.entry("lt", "<"), Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"), Map.entry("nbsp", " "), Map.entry("colon", ":"), Map.entry("sol", "/"), Map.entry("period", "."),
                    Map.entry("commat", "@"),
            Map.entry("num", "#"), Map.entry("dot", "."), Map.entry("percnt", "%"), Map.entry("shy", ""), Map.entry("zwj", ""), Map.entry("zwnj",
                    ""));
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private final String original;
    private final StringBuilder read;
    private int[] starts;
    private int[] ends;

    /** @param markdown whether a backslash takes the meaning of the mark behind it away */
    ReadableText(String original, boolean markdown) {
        this.original = original;
        this.read = new StringBuilder(original.length());
        this.starts = new int[original.length() + 16];
        this.ends = new int[original.length() + 16];
        Matcher reference = REFERENCE.matcher(original).useTransparentBounds(true);
        for (int at = 0; at < original.length();) {
            int point = original.codePointAt(at);
            int end = at + Character.charCount(point);
            if (point == '&' && reference.region(at, original.length()).lookingAt()) {
                String meant = meant(reference);
                if (meant != null) {
                    end = reference.end();
                    add(meant, at, end);
                    at = end;
                    continue;
                }
            }
            boolean escapes = markdown && point == '\\' && end < original.length() && PUNCTUATION.indexOf(original.charAt(end)) >= 0;
            if (!escapes && !isUnseen(point)) {
                add(form(point), at, end);
            }
            at = end;
        }
    }

    private static @Nullable String meant(Matcher reference) {
        if (reference.group(3) != null) {
            return NAMED.get(reference.group(3));
        }
        int point = reference.group(1) == null ? Integer.parseInt(reference.group(2), 16) : Integer.parseInt(reference.group(1));
        return !Character.isValidCodePoint(point) ? null : isUnseen(point) ? "" : form(point);
    }

    private void add(String form, int start, int end) {
        for (int i = 0; i < form.length(); i++) {
            if (read.length() == starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
                ends = Arrays.copyOf(ends, ends.length * 2);
            }
            starts[read.length()] = start;
            ends[read.length()] = end;
            read.append(form.charAt(i));
        }
    }

    private static String form(int point) {
        if (point < 0x80) {
            return Character.toString(point);
        }
        int digit = Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER ? Character.digit(point, 10) : -1;
        if (digit >= 0) {
            return Integer.toString(digit);
        }
        return switch (point) {
            case 0x066A -> "%";
            case 0x066B -> ".";
            case 0x066C -> ",";
            case 0x2010, 0x2011 -> "-";
            default -> isCountOnly(point) ? Character.toString(point) : Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
        };
    }

    /** Raised, lowered and circled digits are marks and no numbers; fractions are numbers. */
    private static boolean isCountOnly(int point) {
        return Character.getType(point) == Character.OTHER_NUMBER && !(point >= 0xBC && point <= 0xBE) && !(point >= 0x2150 && point <= 0x215E);
    }

    /** Reports whether a character takes no place of its own on a page. */
    static boolean isUnseen(int point) {
        return Character.getType(point) == Character.FORMAT || point >= 0xFE00 && point <= 0xFE0F || point >= 0xE0100 && point <= 0xE01EF
                || point >= 0x180B && point <= 0x180F || point == 0x034F || point == 0x115F || point == 0x1160 || point == 0x17B4 || point == 0x17B5
                || point == 0x3164 || point == 0xFFA0;
    }

    String text() {
        return read.toString();
    }

    /** Where the character at this place of the readable text begins in the original one. */
    int start(int at) {
        return at < read.length() ? starts[at] : original.length();
    }

    /** Where what ends before this place of the readable text ends in the original one. */
    int end(int at) {
        return at == 0 ? 0 : ends[at - 1];
    }
}
