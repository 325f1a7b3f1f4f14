package social.coral.agents.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InjectionAttemptsTest {

    @Test
    void noLinkOrNameThatAStrangerWantsInATextIsThereUnmarked() {
        assertThat(InjectionAttempts.all()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(InjectionAttempts.all().stream().map(InjectionAttempts.Attempt::language).collect(Collectors.toSet()))
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(InjectionAttempts.escapes()).isEmpty();
    }
}
