package social.coral.api;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Refuses a query that the route would read otherwise than it is meant: a parameter that the route does not declare, one that is given
 * twice, one that is empty, and text that no list can hold. A list without its filter looks like an answer to the question.
 */
final class QueryParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod route) {
            check(request.getQueryString(), declared(route));
        }
        return true;
    }

    private static void check(String query, List<String> declared) {
        UriComponentsBuilder.newInstance().query(query).build().getQueryParams().forEach((encoded, values) -> {
            String name = decode(encoded);
            if (!declared.contains(name)) {
                throw Failure.invalid(name, "\"" + name + "\" is not a parameter of this path. "
                        + (declared.isEmpty() ? "It has none." : "It has " + String.join(", ", declared) + "."));
            }
            if (values.size() > 1) {
                throw Failure.invalid(name, "\"" + name + "\" is given more than once.");
            }
            String value = decode(Optional.ofNullable(values.getFirst()).orElse(""));
            if (value.isBlank()) {
                throw Failure.invalid(name, "\"" + name + "\" is empty. Leave it out or give it a value.");
            }
            if (!StorableText.isValid(value)) {
                throw Failure.invalid(name, "\"" + name + "\" has a character that no text can have.");
            }
        });
    }

    private static String decode(String encoded) {
        return StringUtils.uriDecode(encoded.replace('+', ' '), StandardCharsets.UTF_8);
    }

    /** Also one that the route reads by itself and only documents. */
    private static List<String> declared(HandlerMethod route) {
        Stream<String> documented = Arrays.stream(route.getMethod().getAnnotationsByType(Parameter.class)).map(Parameter::name);
        return Stream.concat(Arrays.stream(route.getMethodParameters()).flatMap(QueryParameters::names), documented).toList();
    }

    private static Stream<String> names(MethodParameter parameter) {
        if (parameter.getParameterType() == Page.class) {
            return Stream.of("limit", "offset");
        }
        RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
        return declared == null ? Stream.empty() : Stream.of(declared.name().isEmpty() ? parameter.getParameter().getName() : declared.name());
    }
}
