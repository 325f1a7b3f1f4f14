package social.coral.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure.FieldError;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.api.TimeZones;

/** Edits a profile: the fields that a tenant may set. */
final class ProfileEdit {

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");
    private static final int MAX_NAME_LENGTH = 200;

    @Nullable String fullName;
    @Nullable String companyName;
    boolean setupCompleted;
    String timeZone;
    String locale;
    boolean longPosts;

    ProfileEdit(Profile profile) {
        this.fullName = profile.fullName();
        this.companyName = profile.companyName();
        this.setupCompleted = profile.setupCompleted();
        this.timeZone = profile.timeZone();
        this.locale = profile.locale();
        this.longPosts = profile.longPosts();
    }

    /** Sets the given fields; a null clears those that may be empty. Reports all errors at once. */
    void apply(Map<String, ?> fields) {
        List<FieldError> errors = new ArrayList<>();
        fields.forEach((field, value) -> {
            try {
                set(field, value);
            } catch (IllegalArgumentException e) {
                errors.add(new FieldError(field, String.valueOf(e.getMessage())));
            }
        });
        if (!errors.isEmpty()) {
            throw Failure.invalid(errors);
        }
    }

    private void set(String field, @Nullable Object value) {
        switch (field) {
            case "full_name" -> fullName = name("A name", value);
            case "company_name" -> companyName = name("A company's name", value);
            case "setup_completed" -> setupCompleted = flag(field, value);
            case "time_zone" -> timeZone = zone(value);
            case "locale" -> locale = language(value);
            case "long_posts" -> longPosts = flag(field, value);
            default -> throw new IllegalArgumentException(Failure.unknownField(field).sentence());
        }
    }

    private static @Nullable String name(String what, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || !StorableText.isValid(text)) {
            throw new IllegalArgumentException(what + " must be text.");
        }
        String name = text.strip();
        if (name.codePointCount(0, name.length()) > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(what + " can have at most " + MAX_NAME_LENGTH + " characters.");
        }
        return name.isEmpty() ? null : name;
    }

    private static boolean flag(String field, @Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException("\"" + field + "\" must be true or false.");
    }

    private static String zone(@Nullable Object value) {
        if (value instanceof String zone && TimeZones.isKnown(zone)) {
            return zone;
        }
        throw new IllegalArgumentException(TimeZones.EXPECTED);
    }

    private static String language(@Nullable Object value) {
        if (value instanceof String tag && LANGUAGE.matcher(tag).matches()) {
            return tag;
        }
        throw new IllegalArgumentException("The language must be a tag such as en or pt-BR.");
    }
}
