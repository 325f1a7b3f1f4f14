package social.coral.web.dashboard;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs the person.
 *
 * @param title what it is
 * @param answers what somebody else said that it answers
 * @param detail what it means, and since when it is so
 * @param verb what the person can do about it
 * @param address where that is done
 * @param dismissal the address that takes it off the list; null where only doing something about it does
 * @param approval how it is approved at once; null for all but texts that are shown whole
 * @param badges what to know of it before
 */
public record ActionItem(
        String word, String tone, String title, @Nullable String answers, @Nullable String detail, @Nullable Instant since, String verb, String address,
        @Nullable String dismissal, @Nullable Approval approval, List<String> badges) {

    /**
     * What approves a text.
     *
     * @param address the address that its steps are sent to
     * @param seen the version that is shown
     */
    public record Approval(String address, String seen) {}

    ActionItem(String word, String tone, String title, @Nullable String detail, @Nullable Instant since, String verb, String address) {
        this(word, tone, title, null, detail, since, verb, address, null, null, List.of());
    }

    ActionItem answering(@Nullable String said) {
        return new ActionItem(word, tone, title, said, detail, since, verb, address, dismissal, approval, badges);
    }

    ActionItem dismissedAt(String where) {
        return new ActionItem(word, tone, title, answers, detail, since, verb, address, where, approval, badges);
    }

    ActionItem with(List<String> what) {
        return new ActionItem(word, tone, title, answers, detail, since, verb, address, dismissal, approval, what);
    }

    ActionItem approvedBy(Approval how) {
        return new ActionItem(word, tone, title, answers, detail, since, verb, address, dismissal, how, badges);
    }
}
