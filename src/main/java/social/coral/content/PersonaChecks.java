package social.coral.content;

import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure.FieldError;
import social.coral.api.Failure;
import social.coral.api.StorableText;

/** Checks what was typed of a persona, and collects what cannot be taken. */
final class PersonaChecks {

    private static final int MAX_LEVEL = 100;
    private static final int MAX_LANGUAGE = 35;
    private static final int MAX_QUOTED = 30;

    private final List<FieldError> errors = new ArrayList<>();

    void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    void throwIfRefused() {
        if (!errors.isEmpty()) {
            throw Failure.invalid(errors);
        }
    }

    String text(String field, @Nullable String typed, String before, int least, int most) {
        if (typed == null) {
            return before;
        }
        String text = typed.strip();
        int length = length(text);
        String label = "The " + words(field);
        if (least > 0 && text.codePoints().allMatch(PersonaChecks::isUnseen)) {
            refuse(field, label + " cannot be blank.");
        } else if (length > most) {
            refuse(field, String.format(Locale.ROOT, "%s has %,d characters; at most %,d are allowed.", label, length, most));
        } else if (!StorableText.isValid(text)) {
            refuse(field, label + " has a character that cannot be stored.");
        }
        return text;
    }

    int level(String field, @Nullable Integer typed, int before) {
        if (typed == null) {
            return before;
        }
        if (typed < 0 || typed > MAX_LEVEL) {
            refuse(field, "The " + words(field) + " must be a whole number from 0 to 100.");
        }
        return typed;
    }

    /** Words or topics, each once, with single spaces. */
    List<String> terms(String field, @Nullable List<@Nullable String> typed, List<String> before) {
        if (typed == null) {
            return before;
        }
        Map<String, String> terms = new LinkedHashMap<>();
        for (String each : items(field, typed)) {
            String term = each.replaceAll("[\\s\\p{Z}]+", " ").strip();
            terms.putIfAbsent(term.toLowerCase(Locale.ROOT), term);
        }
        return bounded(field, List.copyOf(terms.values()), PersonaInput.MAX_TERMS, PersonaInput.MAX_TERM);
    }

    /** Whole texts, each once, with their line breaks. */
    List<String> samples(String field, @Nullable List<@Nullable String> typed, List<String> before) {
        return typed == null ? before : bounded(field, items(field, typed).stream().map(text -> text.replace("\r\n", "\n")).distinct().toList(),
                PersonaInput.MAX_SAMPLES, PersonaInput.MAX_SAMPLE);
    }

    /** The items that can be seen. */
    private List<String> items(String field, List<@Nullable String> typed) {
        if (typed.contains(null)) {
            throw Failure.wrongType(field);
        }
        return typed.stream().map(Objects::requireNonNull).map(String::strip).filter(text -> !text.codePoints().allMatch(PersonaChecks::isUnseen)).toList();
    }

    private List<String> bounded(String field, List<String> items, int most, int longest) {
        if (items.size() > most) {
            refuse(field, "There are " + items.size() + " " + words(field) + "; at most " + most + " are allowed.");
            return List.of();
        }
        for (String item : items) {
            String quoted = "“" + StorableText.truncate(item, MAX_QUOTED) + (length(item) > MAX_QUOTED ? "…" : "") + "”";
            if (length(item) > longest) {
                refuse(field, String.format(Locale.ROOT, "One of the %s, %s, has %,d characters; at most %,d are allowed.", words(field), quoted, length(item), longest));
                return List.of();
            }
            if (!StorableText.isValid(item)) {
                refuse(field, "One of the " + words(field) + " has a character that cannot be stored.");
                return List.of();
            }
        }
        return items;
    }

    /** A tag in its usual form; empty for none. */
    @Nullable String language(String field, @Nullable String typed, @Nullable String before) {
        if (typed == null || typed.isBlank()) {
            return typed == null ? before : null;
        }
        String tag = typed.strip();
        try {
            Locale locale = new Locale.Builder().setLanguageTag(tag).build();
            String language = locale.getLanguage();
            boolean known = !language.isEmpty() && !locale.getDisplayLanguage(Locale.ENGLISH).equals(language);
            if (known && tag.length() <= MAX_LANGUAGE && !locale.hasExtensions()) {
                return locale.toLanguageTag();
            }
        } catch (IllformedLocaleException e) {
            // Is no tag at all; told below.
        }
        refuse(field, "This is not a known language. Write it as a tag such as en, de-CH or pt-BR, or leave it empty.");
        return before;
    }

    private static String words(String field) {
        return field.replace('_', ' ');
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isUnseen(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || Character.getType(point) == Character.FORMAT;
    }
}
