package social.coral.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import social.coral.api.Choice;
import social.coral.api.Failure;
import social.coral.api.Failure.FieldError;
import social.coral.api.StorableText;
import social.coral.api.WholeNumber;

/**
 * A person's input about an approval rule. Null leaves a value unchanged, or takes the default in a new one; an empty text clears an agent or
 * a limit.
 */
public record ApprovalRuleInput(
        @Nullable String name,
        @Nullable Boolean enabled,
        @Nullable String kind,
        @Nullable String agent,
        @Nullable String minScore,
        @Nullable String maxCharacters,
        @Nullable String maxParts,
        @Nullable Boolean links) {

    public static final int MAX_NAME = 60;
    public static final int MAX_CHARACTERS = 50_000;
    static final int MAX_AGENT = 64;

    /** Switches a rule on or off and changes nothing else. */
    public static ApprovalRuleInput enabled(boolean enabled) {
        return new ApprovalRuleInput(null, enabled, null, null, null, null, null, null);
    }

    /** What is stored of a rule. */
    record Checked(String name, boolean enabled, TextKind kind, @Nullable String agent, @Nullable Integer minScore, @Nullable Integer maxCharacters,
            @Nullable Integer maxParts, boolean links) {}

    /** Returns the rule after this input. A {@link Failure} names each field that cannot be taken. */
    Checked appliedTo(@Nullable ApprovalRule before) {
        List<FieldError> errors = new ArrayList<>();
        String named = name == null ? before == null ? "" : before.name() : name.strip().replaceAll("\\s+", " ");
        if (StorableText.isBlank(named)) {
            errors.add(new FieldError("name", "Enter a name."));
        } else if (!StorableText.isValid(named) || named.codePointCount(0, named.length()) > MAX_NAME) {
            errors.add(new FieldError("name", "A name has at most " + MAX_NAME + " characters, each of which can be stored."));
        }
        TextKind of = kind(before, errors);
        String by = agent == null ? before == null ? null : before.agent() : agent.isBlank() ? null : agent.strip();
        if (by != null && (by.length() > MAX_AGENT || !by.matches("[a-z][a-z0-9-]*"))) {
            errors.add(new FieldError("agent", "There is no agent of this name."));
        }
        Integer score = number("min_score", minScore, before == null ? null : before.minScore(), 0, 100, errors);
        Integer characters = number("max_characters", maxCharacters, before == null ? null : before.maxCharacters(), 1, MAX_CHARACTERS, errors);
        Integer parts = number("max_parts", maxParts, before == null ? null : before.maxParts(), 1, TextKind.MAX_PARTS, errors);
        if (score != null && of != TextKind.BLOG) {
            errors.add(new FieldError("min_score", "Only blog posts are judged by a critique. Leave the score empty."));
        }
        if (parts != null && of != TextKind.THREAD) {
            errors.add(new FieldError("max_parts", "Only threads have parts. Leave this empty."));
        }
        if (!errors.isEmpty()) {
            throw Failure.invalid(errors);
        }
        return new Checked(named, Optional.ofNullable(enabled).orElse(before != null && before.enabled()), of, by, score, characters, parts,
                Optional.ofNullable(links).orElse(before != null && before.links()));
    }

    private TextKind kind(@Nullable ApprovalRule before, List<FieldError> errors) {
        if (kind == null || kind.isBlank()) {
            if (before == null) {
                errors.add(new FieldError("kind", "Choose what it approves: blog, thread, reply or tweet."));
            }
            return before == null ? TextKind.BLOG : before.kind();
        }
        try {
            return Choice.of("kind", "kind", kind.strip(), List.of(TextKind.values()));
        } catch (Failure unknown) {
            errors.addAll(unknown.errors());
            return before == null ? TextKind.BLOG : before.kind();
        }
    }

    private static @Nullable Integer number(String field, @Nullable String typed, @Nullable Integer before, int least, int most,
            List<FieldError> errors) {
        if (typed == null || typed.isBlank()) {
            return typed == null ? before : null;
        }
        OptionalInt number = WholeNumber.of(typed.strip(), least, most);
        if (number.isEmpty()) {
            errors.add(new FieldError(field, "This must be a whole number from " + least + " to " + most + ", or empty."));
            return null;
        }
        return number.getAsInt();
    }
}
