package social.coral.sandbox;

import java.util.Set;

/**
 * Decides who may call the sandbox: programs, and its own pages in a browser on this machine. Another site, including one on
 * another local port, may only link to the sandbox's pages: no DNS rebinding, no cross-site forms or scripts.
 */
final class Visitors {

    private static final String THIS_MACHINE = "(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?";
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private Visitors() {}

    static void refuseStrangers(Request request) {
        String host = String.valueOf(request.header("host"));
        String origin = request.header("origin");
        if (!host.matches(THIS_MACHINE) || origin != null && !origin.equals("http://" + host) || isSentByAnotherSite(request)) {
            throw Refusal.forbidden("The sandbox answers to this machine only.");
        }
    }

    /** Every browser sends this header, and no page can change it. */
    private static boolean isSentByAnotherSite(Request request) {
        String site = request.header("sec-fetch-site");
        boolean looks = request.method().equals("GET") && "navigate".equals(request.header("sec-fetch-mode"))
                && "document".equals(request.header("sec-fetch-dest"));
        return site != null && !OWN.contains(site) && !looks;
    }
}
