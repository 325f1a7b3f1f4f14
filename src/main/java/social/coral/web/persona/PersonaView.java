package social.coral.web.persona;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.content.Persona;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;

/**
 * The personas, and the form of one of them.
 *
 * @param shown the one whose form it is; null for a new one
 * @param meanwhile what was saved since the form was shown; null when nothing was
 */
public record PersonaView(List<Persona> all, @Nullable Persona shown, Form form, @Nullable ConcurrentEdit meanwhile) {

    /** Words that describe a tone and may be taken as they are. */
    public static final List<String> TONES =
            List.of("professional", "friendly", "plain-spoken", "witty", "enthusiastic", "thoughtful", "matter-of-fact");

    public String action() {
        return shown == null ? "/persona/new" : "/persona/" + shown.id();
    }

    public boolean isShown(Persona persona) {
        return shown != null && persona.id().equals(shown.id());
    }
}
