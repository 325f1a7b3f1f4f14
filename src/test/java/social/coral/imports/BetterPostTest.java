package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;

class BetterPostTest {

    /** Stored, read, whether X wrote the file, and what stays. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "see https://example.org/a|see https://t.co/aaaaaaaaa1|false|see https://example.org/a",
        "see https://example.org/a|see https://t.co/aaaaaaaaa1|true|see https://example.org/a",
        "see https://t.co/aaaaaaaaa1|see https://example.org/a|false|see https://example.org/a",
        "R&D|R&amp;D|false|R&D",
        "R&amp;D|R&D|false|R&D",
        "a whole text with an end|a whole text...|false|a whole text with an end",
        "a whole text with an end|a whole text… https://t.co/aaaaaaaaa1|true|a whole text with an end",
        "a whole|a whole text with an end|false|a whole text with an end",
        "what a sheet says|what X says|true|what X says",
        "what X says|what a sheet says|false|what X says"})
    void whatTellsMoreStays(String stored, String read, boolean ofX, String right) {
        assertThat(BetterPost.of(read(post(stored, "2025-03-13T10:00:00Z"), false), read(post(read, "2025-03-13T10:00:00Z"), ofX)).post().text()).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-13T10:00:00Z, 2025-03-13T00:00:00Z, true, 2025-03-13T10:00:00Z",
        "2025-03-13T00:00:00Z, 2025-03-13T10:00:00Z, false, 2025-03-13T10:00:00Z",
        "2025-03-13T10:00:00Z, 2025-03-13T10:20:00Z, true, 2025-03-13T10:00:00Z",
        "2025-03-13T10:20:00Z, 2025-03-13T10:00:00Z, true, 2025-03-13T10:00:00Z",
        "2025-03-13T10:00:00Z, 2025-03-13T12:00:00Z, false, 2025-03-13T10:00:00Z"})
    void aDayAloneSaysLessThanATimeAndTheFirstTimeOfAPostStays(Instant stored, Instant read, boolean ofX, Instant right) {
        assertThat(BetterPost.of(read(post("a", stored.toString()), false), read(post("a", read.toString()), ofX)).post().createdAt()).isEqualTo(right);
    }

    private static ReadPost read(Post post, boolean ofX) {
        return new ReadPost(post, ofX, false, List.of());
    }

    private static Post post(String text, String time) {
        return new Post("1900000000000000001", "reef", text, Instant.parse(time), null, null, null, PostCounts.NONE);
    }
}
