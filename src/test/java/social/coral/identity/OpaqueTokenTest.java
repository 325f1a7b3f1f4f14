package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpaqueTokenTest {

    /** Each bit is set in half of four thousand tokens; beyond 300 more or less lies one of a hundred quintillion cases. */
    @Test
    void eachOfTwoHundredAndFiftySixBitsIsRandom() {
        List<byte[]> tokens = Stream.generate(OpaqueToken::generate).limit(4000).map(Base64.getUrlDecoder()::decode).toList();
        assertThat(tokens).allSatisfy(token -> assertThat(token).hasSize(32));
        for (int bit = 0; bit < 256; bit++) {
            int at = bit;
            long set = tokens.stream().filter(token -> (token[at / 8] >> (at % 8) & 1) == 1).count();
            assertThat(set).as("bit %d", bit).isBetween(1700L, 2300L);
        }
    }
}
