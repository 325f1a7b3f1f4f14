package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import social.coral.installation.StartFault;
import social.coral.tenancy.Tenant;
import social.coral.usage.RateLimits.Standing;

class RateLimitsTest {

    private static final Tenant A = new Tenant(UUID.randomUUID());
    private static final Tenant B = new Tenant(UUID.randomUUID());

    private final RateLimits limits = new RateLimits(new RateLimitSettings(3), tenant -> Long.MAX_VALUE);

    @Test
    void aCallerIsRefusedPastItsLimitAndToldWhenToComeBack() {
        for (long left = 2; left >= 0; left--) {
            Standing standing = limits.count(A);
            assertThat(standing.admitted()).isTrue();
            assertThat(standing.left()).isEqualTo(left);
        }

        Standing refused = limits.count(A);
        assertThat(refused.admitted()).isFalse();
        assertThat(refused.secondsToNext()).isBetween(1L, 20L);
        assertThat(refused.secondsToFull()).isBetween(1L, 60L);
    }

    @Test
    void theHighestLimitThatCanBeSetCounts() {
        RateLimits most = new RateLimits(new RateLimitSettings(1_000_000_000), tenant -> Long.MAX_VALUE);

        assertThat(most.count(A).admitted()).isTrue();
        assertThatExceptionOfType(StartFault.class).isThrownBy(() -> new RateLimitSettings(1_000_000_001)).withMessageContaining("CORAL_RATE_LIMIT");
    }

    @Test
    void oneCallersFloodLeavesTheOthersWhatIsTheirs() {
        for (int i = 0; i < 100; i++) {
            limits.count(A);
        }

        assertThat(limits.count(B).left()).isEqualTo(2);
        assertThat(limits.countStranger(A.id().toString()).left()).isEqualTo(2);
    }
}
