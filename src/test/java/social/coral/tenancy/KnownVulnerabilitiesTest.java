package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownVulnerabilitiesTest {

    @Test
    void aReleaseIsOpenToWhatWasClosedAfterIt() {
        assertThat(KnownVulnerabilities.of(15, 18)).isEmpty();
        assertThat(KnownVulnerabilities.of(18, 4)).isEmpty();
        assertThat(KnownVulnerabilities.of(15, 13))
                .hasSize(2)
                .first().asString().contains("CVE-2025-8713", "Upgrade to 15.14");
        assertThat(KnownVulnerabilities.of(17, 0)).hasSize(3);
        assertThat(KnownVulnerabilities.of(15, 2)).hasSize(4);
    }
}
