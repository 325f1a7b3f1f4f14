package social.coral.imports;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.coral.api.StorableText;
import social.coral.imports.ImportedPost.NoPost;
import social.coral.imports.archive.PostField;
import social.coral.imports.archive.PostRow;
import social.coral.networks.Post;
import social.coral.networks.PostMarkup;
import social.coral.networks.XLinks;

/** The texts of rows, as people read them. */
final class PostText {

    /** Beyond it, a text is too long even if each of its characters is escaped. */
    private static final int MAX_RAW_LENGTH = 10 * Post.MAX_LENGTH;
    /** What spreadsheets show instead of a value. */
    private static final Pattern SPREADSHEET_ERROR = Pattern.compile(
            "#(?:NAME\\?|REF!|VALUE!|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!|ERROR!|WERT!|BEZUG!|ZAHL!|NOM\\?|VALEUR!|NOMBRE!|¿NOMBRE\\?|¡VALOR!|¡REF!)|#{4,}");
    /** What programs write before a cell that a spreadsheet would compute. A word in quotes is none. */
    private static final Pattern NO_FORMULA = Pattern.compile("'[@=+-](?!\\S{0,100}')");
    private static final Pattern BYTES = Pattern.compile("b'.*'|b\".*\"", Pattern.DOTALL);
    private static final Pattern MARKUP = Pattern.compile("\\\\u[0-9a-fA-F]{4}|\\\\n|<br\\s?/?>|</(?:a|p|b|i|em|div|span|strong)>", Pattern.CASE_INSENSITIVE);
    /** As X cut texts that were longer than 140 characters, for programs that knew no longer ones. */
    private static final Pattern CUT_WITH_LINK = Pattern.compile("… ?https?://(?:twitter|x)\\.com/i/web/status/[0-9]{1,20}$");
    private static final int OLD_LIMIT = 140;
    private static final Pattern ESCAPE = Pattern.compile("&(?:amp|lt|gt|quot|#39);");
    /** The letters of UTF-8 in windows-1252 or ISO 8859-1. */
    private static final Pattern WRONG_LETTERS = Pattern.compile("Ã[\u0080-\u009F\u00A1-\u00AA\u00AC-\u00BA\u00BC-\u00BF€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ]|â€[\u0080-\u009F˜™š›œ“”¦¢]|â\u0080[\u0080-\u00BF]|ð(?:Ÿ|\u009F)");
    /** What Excel writes so that a cell stays text, and for a carriage return. */
    private static final Pattern KEPT_AS_TEXT = Pattern.compile("=\"(.*)\"", Pattern.DOTALL);
    /** Also of old Macs, and of breaks within a paragraph. */
    private static final Pattern LINE_END = Pattern.compile("\\r\\n?|\\x0B");
    private static final String CARRIAGE_RETURN = "_x000D_";

    private PostText() {}

    /** Programs write bytes, escapes and tags where they should write a text, and spreadsheets show their errors. */
    static String ofTable(PostRow row) throws NoPost {
        String text = of(row);
        if (SPREADSHEET_ERROR.matcher(text.strip()).matches()) {
            throw new NoPost("The text is missing: the cell holds an error of a spreadsheet (" + StorableText.truncate(text.strip(), 20) + ").");
        }
        if (BYTES.matcher(text.strip()).matches()) {
            throw new NoPost("The text is written as a program writes bytes (b'…'). Export it as text.");
        }
        Matcher kept = KEPT_AS_TEXT.matcher(text);
        String plain = kept.matches() ? kept.group(1).replace("\"\"", "\"") : text.substring(NO_FORMULA.matcher(text).lookingAt() ? 1 : 0);
        if (plain.isBlank()) {
            throw new NoPost("The text is missing.");
        }
        return plain.replace(CARRIAGE_RETURN, "");
    }

    /** Remarks what a person should know of a text that was read. */
    static void remark(PostRow row, Remarks remarks) {
        String text = String.valueOf(row.value(PostField.TEXT));
        boolean cut = row.value(PostField.TRUNCATED) != null && text.contains("…")
                || row.kind() == PostRow.Kind.TABLE_ROW && (CUT_WITH_LINK.matcher(text).find() || text.endsWith("…") && text.codePointCount(0, text.length()) == OLD_LIMIT);
        if (cut && Origin.of(row.ofX(), text) != Origin.CUT) {
            remarks.add(Remarks.Kind.TRUNCATED, row.place());
        }
        if (row.kind() != PostRow.Kind.TABLE_ROW) {
            return;
        }
        if (row.value(PostField.UNCLEAR) != null) {
            remarks.add(Remarks.Kind.UNCLEAR, row.place(), String.valueOf(row.value(PostField.UNCLEAR)));
        }
        String link = row.value(PostField.ANY_LINK);
        if (link != null && XLinks.post(link) == null && !XLinks.isIn(text, link) && !row.links().containsValue(link.strip())) {
            remarks.add(Remarks.Kind.UNREAD_LINK, row.place(), link);
        }
        if (NO_FORMULA.matcher(text).lookingAt()) {
            remarks.add(Remarks.Kind.NO_FORMULA, row.place());
        }
        remark(Remarks.Kind.MARKUP, row.escaped() ? List.of(MARKUP) : List.of(MARKUP, ESCAPE), text, row, remarks);
        remark(Remarks.Kind.WRONG_LETTERS, List.of(WRONG_LETTERS), text, row, remarks);
    }

    /** Adds a remark on a text that contains one of these, and quotes it from that word on. */
    private static void remark(Remarks.Kind kind, List<Pattern> signs, String text, PostRow row, Remarks remarks) {
        signs.stream().map(sign -> sign.matcher(text)).filter(Matcher::find).findFirst()
                .ifPresent(found -> remarks.add(kind, row.place(), text.substring(text.lastIndexOf(' ', found.start()) + 1)));
    }

    /** Returns the text as people read it. */
    static String of(PostRow row) throws NoPost {
        String text = row.value(PostField.TEXT);
        if (text == null || StorableText.isBlank(text)) {
            throw new NoPost("The text is missing.");
        }
        if (text.indexOf(PostRow.UNREADABLE) >= 0) {
            throw new NoPost("The text has characters that are not UTF-8. Save the file as UTF-8.");
        }
        if (text.length() > MAX_RAW_LENGTH) {
            throw tooLong();
        }
        String written = PostMarkup.written(LINE_END.matcher(text).replaceAll("\n"), row.links(), row.escaped());
        if (written.codePoints().allMatch(point -> Character.isWhitespace(point) || Character.getType(point) == Character.FORMAT)) {
            throw new NoPost("The text is missing.");
        }
        if (written.codePointCount(0, written.length()) > Post.MAX_LENGTH) {
            throw tooLong();
        }
        return written;
    }

    private static NoPost tooLong() {
        return new NoPost(String.format(Locale.ROOT, "The text is longer than %,d characters.", Post.MAX_LENGTH));
    }
}
