package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            The dome opens at eight tonight: bring a warm coat!  | The dome opens at eight tonight. Bring a warm coat.
            Rates rise again                                     | RT @bank_watch: Rates rise again https://t.co/abc
            Rates rise again                                     | @ada @bruno Rates rise again
            Rates rise again #economy #rates                     | Rates rise again!
            #Reef in danger                                      | Reef in danger
            Good morning https://t.co/1                          | Good morning https://t.co/2
            Ｆｕｌｌ width                                       | full width
            I ❤️ corals                                          | I ❤ corals
            “Quoted” words                                       | "quoted" words
            """)
    void whatWasOnlyPassedOnSaysTheSame(String one, String other) {
        assertThat(SameText.key(one)).isEqualTo(SameText.key(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the new vaccine is safe for small children          | the new vaccine is not safe for small children
            the bank raises its key rate by 25 points today     | the bank raises its key rate by 50 points today
            Arsenal beat Chelsea 2 1 in the cup final           | Chelsea beat Arsenal 2 1 in the cup final
            the flight from Rome to Paris is late               | the flight from Paris to Rome is late
            so @alice is the winner of our photo contest        | so @bruno is the winner of our photo contest
            das Gesetz gilt ab Januar für alle                  | das Gesetz gilt ab Januar nicht für alle
            shares of the mill ▲ 3 percent                      | shares of the mill ▼ 3 percent
            Oslo 5 degrees                                      | Oslo -5 degrees
            growth was 1.5                                      | growth was 5.1
            growth was 1.5                                      | growth was 15
            up 5 %                                              | up 5
            my verdict on the film 👍                           | my verdict on the film 👎
            write it in C++                                     | write it in C#
            write it in C                                       | write it in C#
            the claim was proven                                | the claim was disproven
            https://t.co/1                                      | https://t.co/2
            #one                                                | #two
            """)
    void whatSaysSomethingElseIsKeptApart(String one, String other) {
        assertThat(SameText.key(one)).isNotEqualTo(SameText.key(other));
    }
}
