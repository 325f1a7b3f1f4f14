package social.coral.web.frame;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure.FieldError;
import social.coral.api.Failure;

/** What a person typed into a form and what is wrong with it, to show it again with nothing lost. */
public final class Form {

    private final Map<String, String> values;
    private final Map<String, String> errors;

    private Form(Map<String, String> values, Map<String, String> errors) {
        this.values = values;
        this.errors = errors;
    }

    public static Form empty() {
        return new Form(Map.of(), Map.of());
    }

    /** The form as it was sent: the components of a record, each under the name of its field, such as {@code time_zone}. */
    public static Form of(Record sent) {
        Form form = empty();
        for (Map.Entry<String, String> field : Address.of("", sent).query().entrySet()) {
            form = form.with(field.getKey().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), field.getValue());
        }
        return form;
    }

    /** The form with this in a field. */
    public Form with(String name, @Nullable String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value == null ? "" : value);
        return new Form(more, errors);
    }

    /** The form with an error beside a field. */
    public Form refused(String name, String message) {
        return refused(List.of(new FieldError(name, message)));
    }

    /** The form with the errors of a failure. */
    public Form refused(Failure failure) {
        return refused(failure.errors());
    }

    private Form refused(List<FieldError> found) {
        Map<String, String> more = new HashMap<>(errors);
        found.forEach(error -> more.putIfAbsent(error.field(), error.message()));
        return new Form(values, more);
    }

    /** Reports whether there is such a field, however empty. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public @Nullable String error(String name) {
        return errors.get(name);
    }

    /** The ids of what explains a field, for screen readers. */
    public @Nullable String describedBy(String name, @Nullable String help) {
        String ids = (errors.containsKey(name) ? name + "-error " : "") + (help == null ? "" : name + "-help");
        return ids.isBlank() ? null : ids.strip();
    }
}
