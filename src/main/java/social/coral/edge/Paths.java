package social.coral.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** Classifies the path of a request; on the decoded and normalised path, as routing does. */
final class Paths {

    private static final Set<String> UPLOADS = Set.of("/api/tweets/cache/import", "/api/user/import", "/tweets/import", "/settings/data/import");

    private Paths() {}

    static String of(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }

    /** The path of a request that was refused as it came: {@code //api/tweets} is refused too, and meant for programs. */
    static String ofRefused(String uri) {
        return uri.replaceFirst("^/+", "/");
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

    /** Health and metrics; strangers see only a status word. */
    static boolean isOperators(String path) {
        return isAtOrBelow(path, "/actuator");
    }

    static boolean isHealth(String path) {
        return isAtOrBelow(path, "/actuator/health");
    }

    /** Paths that read their body as a stream, whatever its type: nothing may read it before. */
    static boolean isUpload(String path) {
        return UPLOADS.contains(path);
    }

    /** Paths to which a stranger may send a body. */
    static boolean isForStrangersBodies(String path) {
        return isAtOrBelow(path, "/auth") || isWebhook(path);
    }

    /** What other services call, each of which signs what it sends. */
    static boolean isWebhook(String path) {
        return isAtOrBelow(path, "/webhooks");
    }

    /** Files and exports, which are files already and are sent as they are read; and samples of models, which are sent as they are written. */
    static boolean isSentAsItIsRead(String path) {
        return isAtOrBelow(path, "/assets") || isAtOrBelow(path, "/swagger-ui") || path.equals("/api/user/export") || path.matches("/agents/[^/]+/model/try");
    }

    /** Paths that programs fetch and no person looks at: their errors are documents, not pages. */
    static boolean isForPrograms(String path) {
        return isApi(path)
                || isWireProtocol(path)
                || isWebhook(path)
                || isAtOrBelow(path, "/assets")
                || isOperators(path)
                || isAtOrBelow(path, "/v3/api-docs");
    }

    /** Pages that are only for people who are not signed in. */
    static boolean isForStrangers(String path) {
        return path.equals("/auth/login") || path.equals("/auth/signup") || path.equals("/auth/forgot-password");
    }

    static boolean isAtOrBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
