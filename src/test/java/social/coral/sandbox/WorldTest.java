package social.coral.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.twitter.twittertext.TwitterTextParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.sandbox.World.Window;

class WorldTest {

    private static final long NOW = Instant.parse("2026-05-20T18:00:00Z").toEpochMilli();

    @TempDir
    Path folder;

    private World world() {
        return new World(new OwnAccounts(new Journal(folder.resolve("sandbox.jsonl"))));
    }

    private static List<SandboxPost> timeline(World world, Author author, long now) {
        return world.timeline(author.account(), new Window(Long.MAX_VALUE, 0, post -> true, 10_000), now);
    }

    @Test
    void enoughAuthorsWriteInEnoughLanguages() {
        List<Author> authors = world().authors().active();
        assertThat(authors).hasSizeGreaterThanOrEqualTo(24);
        assertThat(authors.stream().map(Author::lang)).contains("en", "de", "fr", "es", "pt", "ja", "ar", "hi", "ko", "tr", "it");
        assertThat(authors.stream().map(author -> author.account().id())).doesNotHaveDuplicates();
    }

    @Test
    void theSameTimeGivesTheSameWorldInEveryProcess() {
        World one = world();
        World other = world();
        for (Author author : one.authors().active()) {
            assertThat(timeline(other, author, NOW)).isEqualTo(timeline(one, author, NOW));
        }
    }

    /** The figure holds the world still: a change of it is a change of every id and text that somebody has stored. */
    @Test
    void theWorldOfADayIsWhatItWasWhenThisTestWasWritten() {
        World world = world();
        long sum = world.authors().active().stream().flatMap(author -> timeline(world, author, NOW).stream())
                .mapToLong(post -> post.id() * 31 + Dice.seed(post.text())).sum();
        assertThat(sum).isEqualTo(1705811253739772221L);
    }

    @Test
    void everyTextFitsIntoAPost() {
        World world = world();
        for (Author author : world.authors().active()) {
            List<SandboxPost> posts = timeline(world, author, NOW);
            assertThat(posts).as(author.handle()).hasSizeGreaterThanOrEqualTo(600)
                    .noneMatch(post -> post.text().contains("{") || post.text().contains("  "));
            List<SandboxPost> longest = posts.stream().sorted(Comparator.comparingInt(post -> -post.text().length())).limit(40).toList();
            assertThat(longest).as(author.handle()).allMatch(post -> TwitterTextParser.parseTweet(post.text()).isValid);
        }
    }

    @Test
    void nobodySaysTheSameTwiceInARow() {
        World world = world();
        for (Author author : world.authors().active()) {
            List<SandboxPost> posts = timeline(world, author, NOW);
            for (int i = 1; i < posts.size(); i++) {
                assertThat(beginning(posts.get(i))).as(author.handle()).isNotEqualTo(beginning(posts.get(i - 1)));
            }
            assertThat(posts.stream().map(SandboxPost::text).distinct().count()).as(author.handle()).isGreaterThan(posts.size() * 8L / 10);
        }
    }

    private static String beginning(SandboxPost post) {
        return post.text().substring(0, post.text().offsetByCodePoints(0, Math.min(24, post.text().codePointCount(0, post.text().length()))));
    }

    @Test
    void timelinesGrowWithTimeAndWhatWasWrittenStays() {
        World world = world();
        for (Author author : world.authors().active()) {
            List<SandboxPost> before = timeline(world, author, NOW);
            List<SandboxPost> after = timeline(world, author, NOW + Duration.ofDays(1).toMillis());
            Set<Long> old = before.stream().map(SandboxPost::id).collect(Collectors.toSet());
            List<SandboxPost> fresh = after.stream().filter(post -> !old.contains(post.id())).toList();
            assertThat(fresh).as(author.handle()).hasSizeBetween(author.postsADay() - 2, author.postsADay() + 2).allMatch(post -> post.id() > before.getFirst().id());
            assertThat(after).containsAll(before.subList(0, 100));
        }
    }

    @Test
    void idsGrowWithTimeAndLeadBackToTheirPosts() {
        World world = world();
        Set<Long> all = new HashSet<>();
        for (Author author : world.authors().active()) {
            List<SandboxPost> posts = timeline(world, author, NOW);
            assertThat(posts).isSortedAccordingTo((a, b) -> Long.compare(b.id(), a.id()));
            posts.forEach(post -> assertThat(all.add(post.id())).isTrue());
            assertThat(world.find(posts.get(300).id(), NOW)).isEqualTo(posts.get(300));
            assertThat(world.find(posts.get(300).id() + 1, NOW)).isNull();
            assertThat(world.find(posts.getFirst().id(), posts.getFirst().epochMilli() - 1)).isNull();
        }
    }

    @Test
    void conversationsLeadToPostsThatExistAndAreOlder() {
        World world = world();
        int longest = 0;
        for (Author author : world.authors().active()) {
            for (SandboxPost post : timeline(world, author, NOW).subList(0, 200)) {
                if (post.reference() != null) {
                    SandboxPost other = requireNonNull(world.find(post.reference().id(), NOW));
                    assertThat(other.id()).isLessThan(post.id());
                    assertThat(other.authorId()).isEqualTo(post.reference().authorId());
                    longest = Math.max(longest, post.isReply() && other.isReply() ? 2 : 1);
                    assertThat(post.isRetweet() || post.conversation() == other.conversation()).isTrue();
                }
            }
        }
        assertThat(longest).isEqualTo(2);
    }

    @Test
    void theTopicsOfADayAreTalkedAboutMoreOnThatDay() {
        World world = world();
        Trends trends = new Trends(world.authors());
        int hot = 0;
        int other = 0;
        for (Author author : world.authors().active()) {
            for (SandboxPost post : timeline(world, author, NOW)) {
                long today = author.topics().stream().filter(topic -> trends.at(post.epochMilli()).contains(topic.key())).count();
                if (today == 1 && !post.isReply() && !post.isRetweet()) {
                    hot += trends.at(post.epochMilli()).contains(post.topic()) ? 1 : 0;
                    other++;
                }
            }
        }
        assertThat(hot / (double) other).isBetween(0.4, 0.65);
    }

    @Test
    void likesOnlyGrowAndDifferWidely() {
        World world = world();
        List<Integer> likes = new ArrayList<>();
        for (Author author : world.authors().active()) {
            SandboxPost post = timeline(world, author, NOW).get(3);
            int last = 0;
            for (int hours = 0; hours < 100; hours += 5) {
                int now = Engagement.of(post, NOW + hours * 3_600_000L).likes();
                assertThat(now).isGreaterThanOrEqualTo(last);
                last = now;
            }
            timeline(world, author, NOW).stream().filter(each -> !each.isRetweet()).mapToInt(SandboxPost::likes).forEach(likes::add);
        }
        likes.sort(null);
        assertThat(likes.get(likes.size() * 99 / 100)).isGreaterThan(20 * Math.max(1, likes.get(likes.size() / 2)));
    }

    @Test
    void peopleSleep() {
        World world = world();
        for (Author author : world.authors().active()) {
            if (author.rhythm() == Rhythm.OFFICE) {
                assertThat(timeline(world, author, NOW)).noneMatch(post -> hour(post, author) < 5);
            }
        }
    }

    private static long hour(SandboxPost post, Author author) {
        return Math.floorMod(post.epochMilli() / 3_600_000L + author.hoursAhead(), 24L);
    }

    @Test
    void whatWasPostedAndDeletedSurvivesARestartAndATornLine() throws Exception {
        World first = world();
        Account brand = first.own().actAs("My_Brand");
        SandboxPost kept = first.own().post(brand, "First light on the reef", null, NOW);
        SandboxPost answer = first.own().post(brand, "And the second dive", kept, NOW);
        SandboxPost gone = first.own().post(brand, "Taken back", null, NOW);
        first.own().delete(brand, gone);
        Files.writeString(folder.resolve("sandbox.jsonl"), "{\"kind\":\"post\",\"hand", StandardOpenOption.APPEND);

        World second = world();
        assertThat(second.own().of(requireNonNull(second.byHandle("my_brand")))).containsExactly(answer, kept);
        assertThat(second.find(gone.id(), NOW)).isNull();
        SandboxPost later = second.own().post(brand, "Taken back", null, NOW);
        assertThat(later.id()).isGreaterThan(gone.id());
        assertThat(world().own().of(brand)).containsExactly(later, answer, kept);
    }

    @Test
    void theCrowdAnswersWhatAnAccountPosted() {
        World world = world();
        Account brand = world.own().actAs("my_brand");
        SandboxPost post = world.own().post(brand, "What should we write about?", null, NOW - Duration.ofDays(1).toMillis());
        List<SandboxPost> mentions = world.mentions(brand, new Window(Long.MAX_VALUE, 0, each -> true, 100), NOW);
        assertThat(mentions).hasSizeGreaterThan(20).allMatch(mention -> mention.text().startsWith("@my_brand "))
                .anyMatch(mention -> mention.reference() != null && mention.reference().id() == post.id());
        SandboxPost mention = mentions.getFirst();
        assertThat(world.find(mention.id(), NOW)).isEqualTo(mention);
        assertThat(world.byId(mention.authorId())).isNotNull();
    }
}
