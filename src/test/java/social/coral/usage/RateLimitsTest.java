package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import social.coral.usage.RateLimits.Caller;
import social.coral.usage.RateLimits.Standing;

class RateLimitsTest {

    private final RateLimits limits = new RateLimits(new RateLimitSettings(3));

    @Test
    void aCallerIsRefusedPastItsLimitAndToldWhenToComeBack() {
        for (long left = 2; left >= 0; left--) {
            Standing standing = limits.count(Caller.TENANT, "a");
            assertThat(standing.admitted()).isTrue();
            assertThat(standing.left()).isEqualTo(left);
        }

        Standing refused = limits.count(Caller.TENANT, "a");
        assertThat(refused.admitted()).isFalse();
        assertThat(refused.secondsToNext()).isBetween(1L, 20L);
        assertThat(refused.secondsToFull()).isBetween(1L, 60L);
    }

    @Test
    void oneCallersFloodLeavesTheOthersWhatIsTheirs() {
        for (int i = 0; i < 100; i++) {
            limits.count(Caller.TENANT, "a");
        }

        assertThat(limits.count(Caller.TENANT, "b").left()).isEqualTo(2);
        assertThat(limits.count(Caller.STRANGER, "a").left()).isEqualTo(2);
    }
}
