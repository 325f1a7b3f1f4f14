package social.coral.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.api.Page;

class FiguresTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 | $0.00", "5 | $0.000005", "500 | $0.0005", "9999 | $0.009999", "10000 | $0.01", "1234567890 | $1,234.57", "-2500000 | −$2.50"})
    void microDollarsAreToldAsMoney(long microUsd, String told) {
        assertThat(Figures.money(microUsd)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"999 | 999", "1000 | 1K", "1999 | 1.9K", "123456 | 123K", "999999 | 999K", "4000000 | 4M"})
    void aShortCountNeverClaimsMoreThanThereIs(long number, String told) {
        assertThat(Figures.compact(number)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1 | 1 post", "9999 | 1–50 of 9,999 posts", "10000 | 1–50 of 10,000 or more posts"})
    void aCountThatWentNoFurtherIsNotToldAsAll(int rows, String told) {
        assertThat(list(Page.of(null, null), rows).range("post", "posts")).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"9950 | 10001 | 9,951–10,000 of 10,001 or more posts | /tweets?offset=10000", "11950 | 12000 | 11,951–12,000 of 12,000 posts | ",
        "11950 | 12001 | 11,951–12,000 of 12,001 or more posts | /tweets?offset=12000", "1000000 | 1000051 | 1,000,001–1,000,050 of 1,000,051 or more posts | "})
    void theNextPageIsThereAsLongAsThereAreRows(int offset, int counted, String told, @Nullable String next) {
        Page page = Page.of(null, Integer.toString(offset));
        assertThat(page.countLimit()).isGreaterThan(offset + page.limit());
        assertThat(list(page, counted).range("post", "posts")).isEqualTo(told);
        assertThat(list(page, counted).next()).isEqualTo(next);
    }

    private record NoFilter() {}

    private static Listing<NoFilter, Integer> list(Page page, int total) {
        return Listing.of("/tweets", new NoFilter(), page, filter -> Collections.nCopies(page.limit(), 0), filter -> total);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"PT0S | just now", "PT59S | just now", "PT60S | 1 min ago", "PT3599S | 59 min ago", "PT25H | 1 day ago", "PT72H | 3 days ago",
        "-PT30S | in a moment", "-PT2H | in 2 h", "P40D | 20 Sep 2026"})
    void timesAreToldFromNow(Duration ago, String told) {
        Instant now = Instant.parse("2026-10-30T12:00:00Z");
        assertThat(new Times(ZoneId.of("Europe/Berlin"), now).relative(now.minus(ago))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"2026-10-25T00:30:00Z | Sun 25 Oct 2026, 02:30:00 (Europe/Berlin)", "2026-10-25T01:30:00Z | Sun 25 Oct 2026, 02:30:00 (Europe/Berlin)",
        "2026-03-29T01:00:00Z | Sun 29 Mar 2026, 03:00:00 (Europe/Berlin)"})
    void theExactTimeIsInThePersonsZone(Instant at, String told) {
        assertThat(new Times(ZoneId.of("Europe/Berlin"), at).exact(at)).isEqualTo(told);
    }
}
