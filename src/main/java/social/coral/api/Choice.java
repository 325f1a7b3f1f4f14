package social.coral.api;

import java.util.Collection;
import java.util.stream.Collectors;

/** A parameter or a field that takes one of a few words. */
public final class Choice {

    private Choice() {}

    /** Returns the value whose {@code toString()} was given; 400 with all of the words otherwise. */
    public static <T> T of(String field, String thing, String given, Collection<T> values) {
        return values.stream()
                .filter(value -> value.toString().equals(given))
                .findFirst()
                .orElseThrow(() -> refusal(field, "The " + thing, values));
    }

    static Failure refusal(String field, String thing, Collection<?> values) {
        return Failure.invalid(field, thing + " must be one of " + values.stream().map(Object::toString).collect(Collectors.joining(", ")) + ".");
    }
}
