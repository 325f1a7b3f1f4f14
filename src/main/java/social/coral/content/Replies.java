package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.networks.Network;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The replies that a tenant writes to collected posts and to mentions. */
@Component
public final class Replies extends ReviewedTexts<Reply> {

    /** The code of the failure when a post has a reply already. */
    public static final String ALREADY_ANSWERED = "already_answered";
    /** The code of the failure when its author had a reply shortly before. */
    public static final String ANSWERED_LATELY = "answered_lately";

    private static final String OWN = "post_id, author, content";

    private final Mentions mentions;

    Replies(TenantDoor door, TextHistory history, TextMarks marks, ApprovalRules rules, Mentions mentions) {
        super(TextKind.REPLY, OWN, door, history, marks, rules);
        this.mentions = mentions;
    }

    /** Stores a new draft of a person to a collected post or a mention, which has one reply at most: 409 {@code already_answered}. */
    public Reply write(@Nullable UUID postId, @Nullable String content, @Nullable String scheduledFor, @Nullable String timeZone) {
        if (postId == null) {
            throw Failure.invalid("post_id", "Say which collected post this answers.");
        }
        TextPlan plan = TextPlan.of(scheduledFor, timeZone, this::ownTimeZone);
        return insert(postId, PostText.kept("content", content), plan, null, List.of(), null);
    }

    /**
     * Stores a new draft of the agent at work to a collected post or a mention, which has one reply at most: 409 {@code already_answered}.
     *
     * @param apart for how long an author who had a reply gets no other one: 409 {@code answered_lately}
     */
    public Reply draft(NewReply draft, Duration apart) {
        return insert(draft.postId(), PostText.kept("content", draft.content()), TextPlan.of(null, null, this::ownTimeZone), draft.model(), draft.sources(), apart);
    }

    /** Reports whether an author has had a reply since then that was not rejected, also under an earlier handle. */
    public boolean repliedSince(Network network, String author, Instant since) {
        return door.sql("""
                select 1 from public.replies
                where user_id = :tenant and network = :network and created_at > :since and status <> 'rejected' and author in (
                  select :author union select other.author from public.mentions m
                    join public.mentions other on other.user_id = :tenant and other.network = m.network and other.author_id = m.author_id
                    where m.user_id = :tenant and m.network = :network and m.author = :author)
                limit 1
                """)
                .param("network", network)
                .param("author", author)
                .param("since", since)
                .first(row -> true).isPresent();
    }

    /** Reports whether there is a reply to this post, whatever became of it. */
    public boolean answers(UUID postId) {
        return door.sql("select 1 from public.replies where user_id = :tenant and post_id = :post_id").param("post_id", postId).first(row -> true).isPresent();
    }

    private Reply insert(UUID postId, String content, TextPlan plan, @Nullable String model, List<TextSource> sources, @Nullable Duration apart) {
        Writer writer = Writer.current(model);
        try {
            return door.transaction(() -> {
                Answered answered = answered(postId);
                if (apart != null) {
                    // Two agents that answer at once wait for one another here.
                    door.lockTenant();
                    if (repliedSince(answered.network(), answered.author(), Instant.now().minus(apart))) {
                        throw Failure.conflict(ANSWERED_LATELY, "@" + answered.author() + " had a reply shortly before.");
                    }
                }
                mentions.answered(answered.network(), answered.tweetId());
                return written(door.sql("""
                        insert into public.replies
                          (post_id, network, tweet_id, author, content, scheduled_for, time_zone, written_by, model, unedited, sources, marks)
                        values (:post_id, :network, :tweet_id, :author, :content, :scheduled_for, :time_zone, :written_by, :model, :unedited,
                          cast(:sources as jsonb), cast(:marks as jsonb))
                        returning\s""" + COMMON + ", " + OWN)
                        .param("post_id", postId)
                        .param("network", answered.network())
                        .param("tweet_id", answered.tweetId())
                        .param("author", answered.author())
                        .param("content", content)
                        .param("scheduled_for", plan.at())
                        .param("time_zone", plan.timeZone())
                        .param("written_by", writer.agent())
                        .param("model", writer.model())
                        .param("unedited", writer.unedited())
                        .param("sources", TextSources.write(sources))
                        .param("marks", marked(writer, null, List.of(content), sources, new TextMarks.Made(null, null, null, postId)))
                        .one(this::read));
            });
        } catch (DuplicateKeyException e) {
            throw Failure.conflict(ALREADY_ANSWERED, "There is a reply to this post already.");
        }
    }

    @Override
    void removed(Reply reply) {
        mentions.dismissed(reply.postId());
    }

    /** What a reply answers, by its id on its network. */
    private record Answered(Network network, String tweetId, String author) {}

    private Answered answered(UUID postId) {
        return Stream.of("public.tweets_cache", "public.mentions")
                .flatMap(table -> door.sql("select id, network, tweet_id, author from " + table + " where user_id = :tenant and id = :post_id")
                        .param("post_id", postId)
                        .first(row -> new Answered(Columns.word(row, "network", Network::of), row.getString("tweet_id"), row.getString("author"))).stream())
                .findFirst()
                .orElseThrow(() -> Failure.invalid("post_id", "There is no collected post with this id."));
    }

    @Override
    void save(Reply text, TextChange.State state, Writer writer, List<TextSource> sources, @Nullable List<TextMark> marks) {
        door.sql("""
                update public.replies
                set content = :content, sources = cast(:sources as jsonb), marks = cast(:marks as jsonb), model = :model, unedited = :unedited, scheduled_for = :scheduled_for, updated_at = now(),
                  time_zone = coalesce(:time_zone, (select time_zone from public.user_profiles where user_id = :tenant))
                where user_id = :tenant and id = :id
                """)
                .param("content", state.parts().getFirst())
                .param("sources", TextSources.write(sources))
                .param("marks", TextMarks.write(marks))
                .param("model", writer.model())
                .param("unedited", writer.unedited())
                .param("scheduled_for", state.scheduledFor())
                .param("time_zone", state.timeZone())
                .param("id", text.id())
                .update();
    }

    @Override
    Reply read(ResultSet row) throws SQLException {
        return new Reply(
                Columns.id(row),
                Columns.id(row, "user_id"),
                Columns.id(row, "post_id"),
                row.getString("author"),
                row.getString("content"),
                status(row),
                Columns.optionalInstant(row, "scheduled_for"),
                Columns.zone(row, "time_zone"),
                writer(row),
                sources(row),
                marks(row),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
