package social.coral.web.frame;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/** Finds where a form leads that knows the page to go to: to that page, if there is such a page here, and to the dashboard otherwise. */
@Component
public final class Landing {

    private static final String PAGES = "social.coral.web.";
    /** What the frame of the pages serves, such as styles, is no page. */
    private static final String FRAME = "social.coral.web.frame.";
    /** A file that is saved leaves the browser where it was. */
    private static final String FILE = "/download";

    private final ObjectProvider<RequestMappingHandlerMapping> routes;

    Landing(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> routes) {
        this.routes = routes;
    }

    /** Returns the wanted path if a page answers there, and an empty text otherwise. */
    public String pageOrNothing(String wanted) {
        String path = LocalPath.or(wanted, "");
        PathContainer parsed = PathContainer.parsePath(path.split("[?#]", 2)[0]);
        return routes.getObject().getHandlerMethods().entrySet().stream().anyMatch(route -> isPage(route.getKey(), route.getValue(), parsed)) ? path : "";
    }

    public String pageOrDashboard(String wanted) {
        String page = pageOrNothing(wanted);
        return page.isEmpty() ? "/dashboard" : page;
    }

    private static boolean isPage(RequestMappingInfo route, HandlerMethod method, PathContainer path) {
        String controller = method.getBeanType().getName();
        return !path.value().endsWith(FILE) && controller.startsWith(PAGES) && !controller.startsWith(FRAME)
                && route.getMethodsCondition().getMethods().contains(RequestMethod.GET)
                && route.getPathPatternsCondition() != null
                && route.getPathPatternsCondition().getPatterns().stream().anyMatch(pattern -> fits(pattern, path));
    }

    private static boolean fits(PathPattern pattern, PathContainer path) {
        PathPattern.PathMatchInfo match = pattern.matchAndExtract(path);
        return match != null && isId(match.getUriVariables().get("id"));
    }

    private static boolean isId(@Nullable String id) {
        try {
            return id == null || UUID.fromString(id).toString().equalsIgnoreCase(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
