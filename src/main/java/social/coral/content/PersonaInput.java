package social.coral.content;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure.FieldError;
import social.coral.api.Failure;

/** A person's input about a persona. Null leaves a value unchanged, or takes the default in a new one. */
public record PersonaInput(@Nullable String name, @Nullable String description, @Nullable String tone, @Nullable Boolean isDefault) {

    PersonaInput checked(boolean isNew) {
        PersonaInput clean = new PersonaInput(strip(name), strip(description), strip(tone), isDefault);
        List<FieldError> errors = new ArrayList<>();
        if (clean.name() == null && isNew) {
            errors.add(new FieldError("name", "Enter a name."));
        }
        check(errors, "name", clean.name(), 1, 80);
        check(errors, "description", clean.description(), 0, 2000);
        check(errors, "tone", clean.tone(), 1, 80);
        if (!errors.isEmpty()) {
            throw Failure.invalid(errors);
        }
        return clean;
    }

    private static void check(List<FieldError> errors, String field, @Nullable String text, int least, int most) {
        if (text == null) {
            return;
        }
        int length = text.codePointCount(0, text.length());
        if (least > 0 && text.codePoints().allMatch(PersonaInput::isUnseen)) {
            errors.add(new FieldError(field, "The " + field + " cannot be blank."));
        } else if (length > most) {
            errors.add(new FieldError(field, "The " + field + " has " + length + " characters; at most " + most + " are allowed."));
        } else if (text.codePoints().anyMatch(point -> point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            errors.add(new FieldError(field, "The " + field + " has a character that cannot be stored."));
        }
    }

    private static boolean isUnseen(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || Character.getType(point) == Character.FORMAT;
    }

    private static @Nullable String strip(@Nullable String text) {
        return text == null ? null : text.strip();
    }
}
