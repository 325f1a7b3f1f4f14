package social.coral.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.lang.Contract;

/** What a service outside says of a fault in its own words. It stands with the fault itself; lists and logs do without. */
public final class Quote {

    private static final int MAX_LENGTH = 200;
    private static final Pattern QUOTE = Pattern.compile(" [^.“”]+ says: “[^”]*”\\.");

    private Quote() {}

    /** Returns the words as a sentence that follows another, shortened and on one line; nothing for none. */
    public static String of(String service, String words) {
        String line = words.replaceAll("[\\p{Cntrl}\\s]+", " ").replaceAll("<[^>]*>?", "…").replaceAll("[“”]", "\"").strip().replaceAll("[.\\s]+$", "");
        int end = line.offsetByCodePoints(0, Math.min(MAX_LENGTH, line.codePointCount(0, line.length())));
        return line.isEmpty() ? "" : " " + service + " says: “" + line.substring(0, end) + "”.";
    }

    /** Returns what a service says in these sentences, as a sentence that follows another; nothing if it says nothing. */
    public static String in(String sentences) {
        Matcher quote = QUOTE.matcher(sentences);
        return quote.find() ? quote.group() : "";
    }

    /** Returns the sentences without what a service says. */
    @Contract("null -> null; !null -> !null")
    public static @Nullable String removed(@Nullable String sentences) {
        return sentences == null ? null : QUOTE.matcher(sentences).replaceAll("");
    }
}
