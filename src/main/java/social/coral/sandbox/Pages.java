package social.coral.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The sandbox's own pages, in plain HTML. */
final class Pages {

    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
            table{border-collapse:collapse;width:100%}
            td,th{text-align:left;padding:.25rem .75rem .25rem 0;vertical-align:top;border-bottom:1px solid #ccc}
            pre{overflow-x:auto;border:1px solid #888;padding:.75rem}td{overflow-wrap:break-word}""";

    private static final String FRAME = """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%s</title><style>STYLE</style><body>%s
            """.replace("STYLE", STYLE.replace("%", "%%"));

    /** The pages carry their own style, run no script, and must not be framed. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'; base-uri 'none'; frame-ancestors 'none'";

    private final Authors authors;

    Pages(Authors authors) {
        this.authors = authors;
    }

    String landing(String host, List<String> waiting) {
        String rows = authors.all().stream().map(Pages::row).collect(Collectors.joining());
        String kinds = List.of(Faults.Kind.values()).stream()
                .map(kind -> "<li><code>" + kind.word + "</code>: " + kind.meaning + "</li>").collect(Collectors.joining());
        String now = waiting.isEmpty() ? "<p>No fault is waiting.</p>"
                : "<p>Waiting: " + waiting.stream().map(Pages::escaped).collect(Collectors.joining("; ")) + "</p>";
        return FRAME.formatted("Sandbox network", """
                <h1>A sandbox, not a social network</h1>
                <p>This server belongs to Coral Social and runs on this machine only. It speaks X API v2 about a made-up world, so that
                everything can be tried without a key and without cost. <strong>No person stands behind these accounts, and nothing
                posted here leaves this machine.</strong> The authors keep writing; the same world comes back after a restart.</p>
                <h2>Tokens</h2>
                <p>Any bearer that begins with <code>sandbox-</code> may read; <code>sandbox-user-HANDLE-…</code> acts as that handle and may
                write; <code>sandbox-expired-…</code> is refused.</p>
                <pre>curl -X POST HOST/sandbox/token
                curl -X POST HOST/sandbox/token -d '{"handle":"my_brand"}'</pre>
                <h2>Faults on demand</h2>
                <p><code>handle</code> or <code>path</code> says which calls meet the fault (all, without either), <code>times</code> how often
                (once), <code>seconds</code> how long.</p>
                <pre>curl -X POST   HOST/sandbox/faults -d '{"kind":"429","handle":"reef_notes","times":2,"seconds":60}'
                curl -X POST   HOST/sandbox/faults -d '{"kind":"reset","path":"/2/users/by"}'
                curl -X DELETE HOST/sandbox/faults</pre>
                <ul>KINDS</ul>NOW
                <h2>Who writes here</h2>
                <table><tr><th>Account</th><th>Language</th><th>Posts a day</th><th>About</th></tr>ROWS</table>
                """.replace("HOST", escaped(host)).replace("KINDS", kinds).replace("NOW", now).replace("ROWS", rows));
    }

    private static String row(Author author) {
        boolean active = author.state() == Author.State.ACTIVE;
        String posts = active ? Integer.toString(author.postsADay()) : author.state().name().toLowerCase(Locale.ROOT);
        return "<tr><td><strong>@" + author.handle() + "</strong><br>" + escaped(author.account().name()) + "</td><td>" + author.lang()
                + "</td><td>" + posts + "</td><td>" + escaped(author.account().about()) + "</td></tr>";
    }

    /** The consent page, where a person allows an app to act for an account. Hidden fields carry the app's request. */
    String consent(Map<String, String> question) {
        String hidden = question.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("handle"))
                .map(entry -> "<input type=\"hidden\" name=\"" + escaped(entry.getKey()) + "\" value=\"" + escaped(entry.getValue()) + "\">")
                .collect(Collectors.joining());
        return FRAME.formatted("Sandbox network: allow access", "<h1>Allow this app to act for you in the sandbox?</h1>"
                + "<p>This is not X. The app may read and post as the handle below, in the sandbox on this machine.</p>"
                + "<form method=\"post\" action=\"/i/oauth2/authorize\">" + hidden
                + "<p><label>Handle <input name=\"handle\" value=\"my_brand\" pattern=\"[A-Za-z0-9_]{1,15}\" required></label></p>"
                + "<p><button>Allow</button></p></form>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }
}
