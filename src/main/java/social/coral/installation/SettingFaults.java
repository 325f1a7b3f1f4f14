package social.coral.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Describes an unreadable setting to an operator: the variable, and what it should be. Works for every room's settings,
 * because {@code application.properties} names the variable behind each.
 */
final class SettingFaults {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_.-]*)(:.*)?}.*");

    private SettingFaults() {}

    static String sentence(BindException fault) {
        if (fault.getCause() instanceof BindValidationException invalid) {
            return invalid.getValidationErrors().getAllErrors().stream()
                    .map(error -> variable(property(fault, error)) + " " + error.getDefaultMessage() + ".")
                    .collect(Collectors.joining(" "));
        }
        Class<?> type = fault.getTarget().getType().resolve(Object.class);
        return variable(String.valueOf(fault.getName())) + given(fault, type) + " must be " + wanted(type) + ".";
    }

    private static String property(BindException fault, ObjectError error) {
        String field = error instanceof FieldError named ? "." + named.getField() : "";
        return fault.getName() + field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** Quotes the present value, unless it could be a secret. */
    private static String given(BindException fault, Class<?> type) {
        boolean plain = type.isEnum() || type.isPrimitive() || Number.class.isAssignableFrom(type) || type == Boolean.class || type == Duration.class;
        for (Throwable cause = fault; plain && cause != null; cause = cause.getCause()) {
            if (cause instanceof ConversionFailedException conversion) {
                return " is \"" + conversion.getValue() + "\", and";
            }
        }
        return "";
    }

    private static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return switch (type.getSimpleName()) {
            case "Integer", "int", "Long", "long" -> "a whole number";
            case "Double", "double", "BigDecimal" -> "a number";
            case "Boolean", "boolean" -> "true or false";
            case "Duration" -> "a length of time, like 30s or 5m";
            case "DataSize" -> "a size, like 200MB or 2GB";
            case "URI", "URL" -> "an address, like https://example.org";
            default -> "a " + type.getSimpleName();
        };
    }

    private static String variable(String property) {
        @Nullable String value = declared().getProperty(property);
        Matcher matcher = VARIABLE.matcher(value == null ? "" : value);
        return matcher.matches() ? variable(matcher.group(1)) : property;
    }

    private static Properties declared() {
        try {
            return PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
