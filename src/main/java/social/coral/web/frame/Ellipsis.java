package social.coral.web.frame;

/** Shortens a text that is too long for its place. */
public final class Ellipsis {

    private Ellipsis() {}

    /** The text, or its beginning with an ellipsis; never half of a character. */
    public static String after(int most, String text) {
        return text.length() <= most ? text : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, most))) + "…";
    }
}
