package social.coral.content;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a link leads, in one form for all that lead to the same place. */
final class LinkAddress {

    private static final int MOST_OF_HOST = 253;
    private static final String BEHIND = ".,;:!?)]}>»”’\"'*_~";
    private static final Pattern PARTS = Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]{0,20})://)?([^/?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile(":(?:80|443)?$");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");
    /** They hide where they lead. */
    private static final Set<String> SHORTENERS = Set.of("bit.ly", "t.co", "tinyurl.com", "goo.gl", "ow.ly", "is.gd", "v.gd", "buff.ly", "rb.gy",
            "cutt.ly", "t.ly", "lnkd.in",
            "dlvr.it", "trib.al", "shorturl.at", "rebrand.ly", "tiny.cc", "bl.ink", "s.id", "shorte.st", "adf.ly", "tr.im", "x.gd", "ift.tt",
                    "qr.ae", "clck.ru");

    private LinkAddress() {}

    /**
     * Returns the form: without the scheme of the web, {@code www.} and what a sentence puts behind a link, the host in lower case and ASCII. Null for
     * a link that hides where it leads: one of a shortener, or with a name before the host.
     */
    static @Nullable String of(String link) {
        String bare = link.strip().replace('\\', '/');
        while (!bare.isEmpty() && BEHIND.indexOf(bare.charAt(bare.length() - 1)) >= 0 && !closes(bare)) {
            bare = bare.substring(0, bare.length() - 1);
        }
        Matcher parts = PARTS.matcher(bare);
        if (!parts.matches()) {
            return null;
        }
        String scheme = parts.group(1) == null ? "" : parts.group(1).toLowerCase(Locale.ROOT);
        String host = host(parts.group(2));
        if (host == null || host.indexOf('@') >= 0 || SHORTENERS.contains(host)) {
            return null;
        }
        String rest = ESCAPE.matcher(escaped(parts.group(3))).replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape.group(1))));
        String way = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        return (scheme.isEmpty() || scheme.startsWith("http") && scheme.length() <= 5 ? "" : scheme + "://") + host + way;
    }

    /** A bracket that has its other half in the link belongs to it. */
    private static boolean closes(String link) {
        return link.endsWith(")") && link.chars().filter(c -> c == '(').count() >= link.chars().filter(c -> c == ')').count();
    }

    private static @Nullable String host(String given) {
        String lower = PORT.matcher(given.toLowerCase(Locale.ROOT)).replaceFirst("");
        String named = lower.startsWith("www.") ? lower.substring(4) : lower;
        String host = named.endsWith(".") ? named.substring(0, named.length() - 1) : named;
        if (host.length() > MOST_OF_HOST) {
            return null;
        }
        try {
            return host.chars().allMatch(c -> c < 0x80) ? host : IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String escaped(String way) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : way.getBytes(StandardCharsets.UTF_8)) {
            escaped.append(octet >= 0 ? Character.toString(octet) : String.format(Locale.ROOT, "%%%02X", octet & 0xFF));
        }
        return escaped.toString();
    }

    /** What need not be escaped is not. */
    private static String unescaped(String hex) {
        int c = Integer.parseInt(hex, 16);
        boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
        return plain ? Character.toString(c) : "%" + hex.toUpperCase(Locale.ROOT);
    }
}
