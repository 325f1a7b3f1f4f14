package social.coral;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** A method and a path that some controller answers, read from what is registered, with ids that nobody has. */
public record Route(String method, String path) {

    public static List<Route> all(List<RequestMappingInfoHandlerMapping> registries) {
        List<Route> routes = new ArrayList<>();
        for (RequestMappingInfoHandlerMapping registry : registries) {
            for (RequestMappingInfo info : registry.getHandlerMethods().keySet()) {
                Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                for (String pattern : info.getPatternValues()) {
                    String path = pattern.replaceAll("\\{[^}]*}", UUID.randomUUID().toString()).replace("/**", "/x");
                    (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods).forEach(method -> routes.add(new Route(method.name(), path)));
                }
            }
        }
        return List.copyOf(routes);
    }

    /** Whether it is asked without a body and changes nothing. */
    public boolean reads() {
        return Set.of("GET", "HEAD", "OPTIONS").contains(method);
    }

    public boolean takesABody() {
        return !reads() && !method.equals("DELETE");
    }
}
