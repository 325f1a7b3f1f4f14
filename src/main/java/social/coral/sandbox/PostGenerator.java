package social.coral.sandbox;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import social.coral.sandbox.SandboxPost.Reference;

/** Generates any post of any author: always the same one for the same number. */
final class PostGenerator {

    private static final int RETWEETS_PERCENT = 4;
    private static final int THREADS_PERCENT = 5;
    private static final int ON_TREND_PERCENT = 35;
    private static final long READING_TIME = 120_000;
    private static final int LOOKS_BACK = 12;
    private static final int MAX_RETWEET_LENGTH = 139;

    /** Sentences are dealt from three piles in turn, so that neighbours in a timeline never share a pile. */
    private static final int PILES = 3;

    private final Authors authors;
    private final PostTimes moments;
    private final Trends trends;

    PostGenerator(Authors authors, PostTimes moments, Trends trends) {
        this.authors = authors;
        this.moments = moments;
        this.trends = trends;
    }

    SandboxPost write(Author author, long number) {
        long time = moments.time(author, number);
        Dice dice = Dice.of(author.seed(), number);
        long id = Snowflake.id(time, author.number(), dice.next());
        int roll = dice.below(100);
        if (roll < RETWEETS_PERCENT) {
            SandboxPost original = worthPassingOn(author, number, id, dice);
            return original == null ? fresh(author, number, id, dice) : retweet(author, original, id);
        }
        if (roll < RETWEETS_PERCENT + author.repliesPercent()) {
            SandboxPost question = worthAnswering(author, id, dice);
            return question == null ? fresh(author, number, id, dice) : reply(author, question, number, id, dice);
        }
        return dice.chance(THREADS_PERCENT) ? continued(author, number, id, dice) : fresh(author, number, id, dice);
    }

    private SandboxPost fresh(Author author, long number, long id, Dice dice) {
        List<String> trending = trends.at(Snowflake.epochMilli(id));
        List<Topic> hot = author.topics().stream().filter(topic -> trending.contains(topic.key())).toList();
        boolean onTrend = !hot.isEmpty() && dice.chance(ON_TREND_PERCENT);
        Topic topic = onTrend ? dice.pick(hot) : nextTopic(author, number);
        String text = dressed(author, topic, number, statement(author, topic, number).say(dice), trending.contains(topic.key()), dice);
        return new SandboxPost(id, author.account().id(), author.lang(), text, id, null, topic.key(),
                Engagement.potential(author.account(), trending.contains(topic.key()), dice));
    }

    private static Topic nextTopic(Author author, long number) {
        int topics = author.topics().size();
        long round = Math.floorDiv(number, (long) topics);
        int turn = Dice.of(author.seed(), round, 9).below(topics);
        return author.topics().get((int) Math.floorMod(number + turn, (long) topics));
    }

    /** Within its pile, a topic's sentences take turns. */
    private static Phrase statement(Author author, Topic topic, long number) {
        int inPile = topic.statements().size() / PILES;
        int shift = Dice.of(author.seed(), Math.floorDiv(number, 40L)).below(inPile);
        int turn = (int) Math.floorMod(Math.floorDiv(number, (long) PILES) + shift, (long) inPile);
        return topic.statements().get(turn * PILES + (int) Math.floorMod(number, (long) PILES));
    }

    private static String dressed(Author author, Topic topic, long number, String statement, boolean hot, Dice dice) {
        StringBuilder text = new StringBuilder(statement);
        if (dice.chance(35)) {
            text.append(author.gap()).append(author.asides().get((int) Math.floorMod(number, (long) author.asides().size())).say(dice));
        }
        if (!author.emoji().isEmpty() && dice.chance(45)) {
            text.append(' ').append(dice.pick(author.emoji()));
        }
        if (!topic.tags().isEmpty() && dice.chance(hot ? 80 : 35)) {
            text.append(dice.chance(30) ? "\n\n" : " ").append(hot ? topic.tags().getFirst() : dice.pick(topic.tags()));
        }
        if (dice.chance(18)) {
            text.append(" https://example.com/").append(author.site()).append('/').append(Long.toString(dice.next() >>> 34, 36));
        }
        return text.toString();
    }

    private SandboxPost reply(Author author, SandboxPost answered, long number, long id, Dice dice) {
        Phrase answer = author.answers().get((int) Math.floorMod(number, (long) author.answers().size()));
        String text = "@" + handle(answered) + " " + answer.say(dice);
        Topic topic = topic(author, answered.topic());
        if (topic != null && dice.chance(45)) {
            text += author.gap() + statement(author, topic, number).say(dice);
        }
        return new SandboxPost(id, author.account().id(), author.lang(), text, answered.conversation(),
                new Reference(Reference.Kind.REPLIED_TO, answered.id(), answered.authorId()), answered.topic(),
                Engagement.potential(author.account(), false, dice) / 6);
    }

    /** X truncates the text of a repost. */
    private SandboxPost retweet(Author author, SandboxPost original, long id) {
        String text = "RT @" + handle(original) + ": " + original.text();
        int end = text.offsetByCodePoints(0, Math.min(MAX_RETWEET_LENGTH, text.codePointCount(0, text.length())));
        return new SandboxPost(id, author.account().id(), original.lang(), end < text.length() ? text.substring(0, end) + "…" : text, id,
                new Reference(Reference.Kind.RETWEETED, original.id(), original.authorId()), original.topic(), original.likes());
    }

    private String handle(SandboxPost post) {
        Author author = authors.byId(post.authorId());
        if (author == null) {
            throw new IllegalStateException("a post without an author");
        }
        return author.handle();
    }

    /** Continues a thread: the author stays on the topic of the previous post, if that was an original one. */
    private SandboxPost continued(Author author, long number, long id, Dice dice) {
        SandboxPost before = write(author, number - 1);
        Topic topic = topic(author, before.topic());
        if (before.reference() != null || topic == null) {
            return fresh(author, number, id, dice);
        }
        return new SandboxPost(id, author.account().id(), author.lang(), statement(author, topic, number).say(dice), before.conversation(),
                new Reference(Reference.Kind.REPLIED_TO, before.id(), before.authorId()), topic.key(),
                Engagement.potential(author.account(), false, dice) / 2);
    }

    private static @Nullable Topic topic(Author author, @Nullable String key) {
        return author.topics().stream().filter(topic -> topic.key().equals(key)).findFirst().orElse(null);
    }

    /** Picks a recent post by another author on one of this author's topics: in the author's language, if there is one. */
    private @Nullable SandboxPost worthAnswering(Author author, long id, Dice dice) {
        List<Author> kindred = kindred(author);
        List<Author> sameLanguage = kindred.stream().filter(other -> other.lang().equals(author.lang())).toList();
        List<Author> likely = sameLanguage.isEmpty() ? kindred : sameLanguage;
        return likely.isEmpty() ? null : newest(author, dice.pick(likely), id, Long.MIN_VALUE, post -> !post.isRetweet());
    }

    /** The same, but in the author's language and newer than the author's last post, so that nobody reposts a post twice. */
    private @Nullable SandboxPost worthPassingOn(Author author, long number, long id, Dice dice) {
        List<Author> likely = kindred(author).stream().filter(other -> other.lang().equals(author.lang())).toList();
        return likely.isEmpty() ? null
                : newest(author, dice.pick(likely), id, moments.time(author, number - 1) - READING_TIME, post -> post.reference() == null);
    }

    private @Nullable SandboxPost newest(Author author, Author other, long id, long since, Predicate<SandboxPost> suits) {
        long newest = moments.newestBefore(other, Snowflake.epochMilli(id) - READING_TIME);
        for (long number = newest; number > newest - LOOKS_BACK && moments.time(other, number) >= since; number--) {
            SandboxPost post = write(other, number);
            if (suits.test(post) && topic(author, post.topic()) != null) {
                return post;
            }
        }
        return null;
    }

    private List<Author> kindred(Author author) {
        return authors.active().stream()
                .filter(other -> other != author && other.topics().stream().anyMatch(topic -> topic(author, topic.key()) != null)).toList();
    }
}
