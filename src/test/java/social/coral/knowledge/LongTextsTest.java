package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.imports.Imported;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.tenancy.TenantDoor;

@CoralTest
class LongTextsTest {

    private static final int POSTS = 100;
    /** Four times heavier than Latin letters, so that a post has a hundred pieces. */
    private static final String LONGEST = "\ud83d\ude00".repeat(24_900);

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private ItemRows items;

    @Test
    void aHundredOfTheLongestTextsAreWrittenInOneTransaction() {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> Imported.posts(door, IntStream.range(0, POSTS).mapToObj(number -> new Post("20500000000000" + (10_000 + number), "reef",
                number + " " + LONGEST, Instant.parse("2026-05-01T12:00:00Z"), null, null, null, new PostCounts(0, 0, 0))).toArray(Post[]::new)));
        assertThat(person.tenant().call(() -> items.extent().count())).isGreaterThan(POSTS * 99L);
    }
}
