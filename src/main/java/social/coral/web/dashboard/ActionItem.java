package social.coral.web.dashboard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs the person.
 *
 * @param title what it is
 * @param detail what it means, and since when it is so
 * @param verb what the person can do about it
 * @param address where that is done
 * @param dismissal the address that takes it off the list; null where only doing something about it does
 */
public record ActionItem(
        String word, String tone, String title, @Nullable String detail, @Nullable Instant since, String verb, String address, @Nullable String dismissal) {

    ActionItem(String word, String tone, String title, @Nullable String detail, @Nullable Instant since, String verb, String address) {
        this(word, tone, title, detail, since, verb, address, null);
    }
}
