package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.imports.PostTimes.ParsedTime;

class PostTimesTest {

    @ParameterizedTest
    @ValueSource(strings = {"Mar 3, 2021, 9:05:07 PM", "Mar 3, 2021, 9:05:07\u202fPM", "Mar\u00a03, 2021 9:05:07 p.m.", "2021-03-03 21:05:07+00", "Wed, 03 Mar 2021 21:05:07 +0000",
        "Wed Mar 03 21:05:07 UTC 2021", "Wed Mar 03 21:05:07 +0000 2021", "Wed Mar  3 21:05:07 2021", "1614805507", "1614805507000", "1614805507000000", "1614805507.0", "1.614805507E9",
        "1.614805507000E12", "03-Mar-2021 21:05:07", "2021-W09-3T21:05:07Z", "20210303T210507Z", "20210303T220507+0100", "20210303210507", "2021-03-03 21:05:07 UTC", "2021-03-03 21:05:07 GMT",
        "2021-03-03 21:05:07Z", "2021/3/3 9:05:07 pm", "Wednesday, March 3, 2021 at 9:05:07 PM UTC", "Wed Mar 03 2021 22:05:07 GMT+0100 (Central European Standard Time)",
        "2021-03-03T22:05:07+01:00[Europe/Paris]", "2021-03-03 21:05:07 +0000 UTC", "2021.03.03 21:05:07", "2021-03-03, 21:05:07", "2021-062T21:05:07Z", "March 3, 2021 9:05:07 PM (UTC)", "2021-03-03T16:05:07\u221205:00", "3 March 2021 21:05:07",
        "wed, 3 mar 2021 21:05:07 gmt"})
    void timesThatReadOneWayAreReadToTheSecond(String text) {
        assertThat(PostTimes.read(text)).extracting(ParsedTime::time, ParsedTime::isDay).extracting(String::valueOf).containsExactly("2021-03-03T21:05:07Z", "false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"3 March 2021 21:05|2021-03-03T21:05:00Z|false", "2021/03/03 21:05|2021-03-03T21:05:00Z|false", "March 03, 2021 at 09:05PM|2021-03-03T21:05:00Z|false",
        "9:05 PM · Mar 3, 2021|2021-03-03T21:05:00Z|false", "9:05 PM - 3 Mar 2021|2021-03-03T21:05:00Z|false", "2021年3月3日 21:05|2021-03-03T21:05:00Z|false",
        "2021-03-03 21:05:07.123456+00|2021-03-03T21:05:07.123456Z|false", "2021-03-03T21:05:07,5Z|2021-03-03T21:05:07.500Z|false", "1614805507123|2021-03-03T21:05:07.123Z|false",
        "03-Mar-2021|2021-03-03T00:00:00Z|true", "20210303|2021-03-03T00:00:00Z|true", "2021-W09-3|2021-03-03T00:00:00Z|true", "2020-366|2020-12-31T00:00:00Z|true",
        "Mar. 3rd, 2021|2021-03-03T00:00:00Z|true", "Sept 3, 2021|2021-09-03T00:00:00Z|true", "3 December 2021|2021-12-03T00:00:00Z|true"})
    void aMinuteAFractionAndADayAreKeptAsTheyAre(String text, String time, boolean isDay) {
        assertThat(PostTimes.read(text)).extracting(ParsedTime::time, ParsedTime::isDay).extracting(String::valueOf).containsExactly(time, String.valueOf(isDay));
    }

    @ParameterizedTest
    @ValueSource(strings = {"03/04/2021", "03/04/2021 21:05", "3-4-21", "3-Mar-21", "30 February 2021", "Feb 30, 2021", "2021-02-29", "20210230", "20210230T000000Z", "2021-W54-1", "2021-366",
        "31 June 2021 10:00", "2021-03-03T24:00:00Z", "2021-03-03 25:00", "Mar 3, 2021 13:05 PM", "Thu, 03 Mar 2021 21:05:07 +0000", "Thu Mar 03 2021 21:05:07 GMT+0000", "2021-03-03 21:05 IST", "2021-03-03 21:05 (EST)", "2021-03-03T21:05[America/New_York]",
        "Wed Mar 03 21:05:07 PST 2021", "1.6148E+09", "1614805507000000000", "12345678901", "45933.5", "2021", "2021-03", "NaT", ""})
    void whatReadsInTwoWaysOrStandsInNoCalendarIsNoTime(String text) {
        assertThat(PostTimes.read(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", " ", "(", "2021-03-03 ", "1,", "a m ", "Mar ", "UTC "})
    void aLongTextIsRefusedAtOnce(String piece) {
        String text = piece.repeat(100_000);
        assertThat(PostTimes.read(text)).isNull();
        assertThat(PostTimes.fault(text.strip())).isNotEmpty();
    }
}
