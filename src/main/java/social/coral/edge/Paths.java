package social.coral.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** What kind of path a request asks for; decided on the decoded and normalised path, as routing does. */
final class Paths {

    private static final Set<String> UPLOADS = Set.of("/api/tweets/cache/import", "/api/user/import", "/tweets/import", "/settings/data/import");

    private Paths() {}

    static String of(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }

    static boolean isApi(String path) {
        return isAtOrBelow(path, "/api");
    }

    static boolean isWireProtocol(String path) {
        return isAtOrBelow(path, "/auth/v1");
    }

    /** The part of the wire protocol that is for the holder of an access token. */
    static boolean isOfTokenHolder(String path) {
        return path.equals("/auth/v1/user") || path.equals("/auth/v1/logout");
    }

    /** How the installation does; strangers learn a status word there. */
    static boolean isOperators(String path) {
        return isAtOrBelow(path, "/actuator");
    }

    /** Paths that read their body as a stream, whatever it says it is: nothing may look into it before. */
    static boolean isUpload(String path) {
        return UPLOADS.contains(path);
    }

    /** Where a stranger has something to send. */
    static boolean isToSignIn(String path) {
        return isAtOrBelow(path, "/auth");
    }

    /** Files, and exports, which are in one while they are made. */
    static boolean isSentAsItIsRead(String path) {
        return isAtOrBelow(path, "/assets") || isAtOrBelow(path, "/swagger-ui") || path.equals("/api/user/export");
    }

    /** Paths that programs and pages fetch, and that a person does not look at: they get documents, not pages. */
    static boolean isForPrograms(String path) {
        return isApi(path)
                || isWireProtocol(path)
                || isAtOrBelow(path, "/assets")
                || isOperators(path)
                || isAtOrBelow(path, "/v3/api-docs");
    }

    /** The pages for somebody who is not signed in, useless to whoever is. */
    static boolean isForStrangers(String path) {
        return path.equals("/auth/login") || path.equals("/auth/signup") || path.equals("/auth/forgot-password");
    }

    private static boolean isAtOrBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
