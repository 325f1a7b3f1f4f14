package social.coral.api;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Declares for every route that answers with a body that it is JSON. A client that accepts none is then refused before the route does
 * anything; otherwise Spring would find out after a write was done.
 */
@Component
final class JsonRoutes implements WebMvcRegistrations {

    private static final String[] JSON = {MediaType.APPLICATION_JSON_VALUE, "application/*+json"};

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new Mapping();
    }

    private static final class Mapping extends RequestMappingHandlerMapping {

        @Override
        protected @Nullable RequestMappingInfo getMappingForMethod(Method method, Class<?> controller) {
            RequestMappingInfo route = super.getMappingForMethod(method, controller);
            return route != null && route.getProducesCondition().isEmpty() && answersJson(method, controller) ? route.mutate().produces(JSON).build() : route;
        }

        /** A {@code ResponseEntity} names its type itself. */
        private static boolean answersJson(Method method, Class<?> controller) {
            return AnnotatedElementUtils.hasAnnotation(controller, RestController.class)
                    && method.getReturnType() != void.class
                    && !ResponseEntity.class.isAssignableFrom(method.getReturnType());
        }
    }
}
