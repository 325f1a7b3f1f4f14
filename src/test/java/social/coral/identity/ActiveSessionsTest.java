package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ActiveSessionsTest {

    private final SignedInPerson ada = person();
    private final SignedInPerson ben = person();
    private final Set<SignedInPerson> alive = new HashSet<>(Set.of(ada, ben));
    private final List<Set<UUID>> lookups = new ArrayList<>();
    private final ActiveSessions sessions = new ActiveSessions(this::lookup);

    private static SignedInPerson person() {
        return new SignedInPerson(UUID.randomUUID(), "somebody@example.org", UUID.randomUUID(), "aal1");
    }

    private List<SignedInPerson> lookup(Collection<UUID> ids) {
        lookups.add(Set.copyOf(ids));
        return alive.stream().filter(person -> ids.contains(person.sessionId())).toList();
    }

    private boolean isAlive(SignedInPerson person) {
        return sessions.find(person.sessionId(), person.id()).isPresent();
    }

    @Test
    void sessionsInUseAreLookedUpTogetherAndOthersNotAtAll() {
        assertThat(isAlive(ada) && isAlive(ben)).isTrue();
        lookups.clear();

        sessions.lookUpThoseInUse();
        assertThat(lookups).containsExactly(Set.of(ada.sessionId(), ben.sessionId()));
        assertThat(isAlive(ada)).isTrue();
        sessions.lookUpThoseInUse();
        assertThat(lookups).last().isEqualTo(Set.of(ada.sessionId()));
    }

    @Test
    void aSessionInUseThatEndedElsewhereIsOverWithTheNextLookup() {
        assertThat(isAlive(ada) && isAlive(ben)).isTrue();
        alive.remove(ada);

        sessions.lookUpThoseInUse();
        lookups.clear();
        assertThat(isAlive(ben)).isTrue();
        assertThat(lookups).isEmpty();
        assertThat(isAlive(ada)).isFalse();
    }

    @Test
    void aSessionIsNobodyElses() {
        assertThat(sessions.find(ada.sessionId(), ben.id())).isEmpty();
        assertThat(isAlive(ada)).isTrue();
        assertThat(sessions.find(ada.sessionId(), ben.id())).isEmpty();
    }

    @Test
    void whatEndsWhileItIsLookedUpIsNotKept() {
        ActiveSessions racing = new ActiveSessions(ids -> {
            List<SignedInPerson> found = lookup(ids);
            alive.clear();
            ending.run();
            return found;
        });
        ending = racing::forget;
        racing.find(ada.sessionId(), ada.id());

        assertThat(racing.find(ada.sessionId(), ada.id())).isEmpty();
    }

    private Runnable ending = () -> {};
}
