package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Choice;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.api.StorableText;
import social.coral.networks.AuthoredPost;
import social.coral.networks.Network;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The posts of others that mention the tenant's own account, each once, and what became of them. */
@Component
public final class Mentions {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_CONTEXT = 10;
    /** Of each post that is kept with a mention, so that all together fit into the column. */
    private static final int MAX_CONTEXT_LENGTH = 1_000;

    private static final String COLUMNS = """
            id, user_id, network, tweet_id, account_id, author_id, author, author_name, content, lang, conversation_id, in_reply_to_id, limited, created_at,
            collected_at, state, reason, state_since, wanted
            """;

    private final TenantDoor door;

    Mentions(TenantDoor door) {
        this.door = door;
    }

    /** Lists the newest first; null means any state or reason. */
    public List<Mention> list(Mention.@Nullable State state, Mention.@Nullable Reason reason, Page page) {
        return bind(state, reason, door.sql("select " + COLUMNS + where(state) + "order by created_at desc, id limit :limit offset :offset"))
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(Mentions::read);
    }

    /** Counts them, up to {@code most}. */
    public int count(Mention.@Nullable State state, Mention.@Nullable Reason reason, int most) {
        return bind(state, reason, door.sql("select count(*) from (select 1" + where(state) + "limit :most) as counted"))
                .param("most", most)
                .one(row -> row.getInt(1));
    }

    private static String where(Mention.@Nullable State state) {
        return state == null ? " from public.mentions where user_id = :tenant and (:state = '' or state = :state) and (:reason = '' or reason = :reason) "
                : " from public.mentions where user_id = :tenant and state = :state and (:reason = '' or reason = :reason) ";
    }

    private static TenantStatement bind(Mention.@Nullable State state, Mention.@Nullable Reason reason, TenantStatement statement) {
        return statement.param("state", state == null ? "" : state.toString()).param("reason", reason == null ? "" : reason.toString());
    }

    /** Returns the state of this name, or null without one; 400 with all of them otherwise. */
    static Mention.@Nullable State state(@Nullable String name) {
        return name == null || name.isBlank() ? null : Choice.of("state", "state", name.strip(), List.of(Mention.State.values()));
    }

    /** Returns the reason of this name, or null without one; 400 with all of them otherwise. */
    static Mention.@Nullable Reason reason(@Nullable String name) {
        return name == null || name.isBlank() ? null : Choice.of("reason", "reason", name.strip(), List.of(Mention.Reason.values()));
    }

    public Mention get(UUID id) {
        return find(id).orElseThrow(Failure::notFound);
    }

    public Optional<Mention> find(UUID id) {
        return door.sql("select " + COLUMNS + " from public.mentions where user_id = :tenant and id = :id").param("id", id).first(Mentions::read);
    }

    /** Returns those of these that are there. */
    public List<Mention> of(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : door.sql("select " + COLUMNS + " from public.mentions where user_id = :tenant and id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .list(Mentions::read);
    }

    /** Returns those that wait for an agent, those first that a person wants answered, then the newest. */
    public List<Mention> open(int most) {
        return door.sql("select " + COLUMNS + """
                 from public.mentions where user_id = :tenant and state = 'open' order by wanted desc, created_at desc, id limit :most
                """)
                .param("most", most)
                .list(Mentions::read);
    }

    /** Keeps the posts before a mention with it, the oldest first; the longest that is kept of each is its beginning. */
    public void keepContext(UUID id, List<AuthoredPost> posts) {
        ArrayNode kept = JSON.createArrayNode();
        posts.stream().skip(Math.max(0, posts.size() - MAX_CONTEXT)).forEach(one -> kept.addObject()
                .put("tweet_id", one.post().id())
                .put("author", one.post().author())
                .put("author_name", one.authorName())
                .put("content", StorableText.truncate(one.post().text(), MAX_CONTEXT_LENGTH))
                .put("created_at", one.post().createdAt().toString()));
        door.sql("update public.mentions set context = cast(:context as jsonb) where user_id = :tenant and id = :id")
                .param("context", kept.toString())
                .param("id", id)
                .update();
    }

    /** Returns the posts before a mention, the oldest first; empty if nobody has asked for them yet. */
    public Optional<List<ConversationPost>> context(Mention mention) {
        return door.sql("select context from public.mentions where user_id = :tenant and id = :id and context is not null")
                .param("id", mention.id())
                .first(row -> context(mention, row.getString(1)));
    }

    private static List<ConversationPost> context(Mention mention, String json) {
        List<ConversationPost> posts = new ArrayList<>();
        try {
            for (JsonNode one : JSON.readTree(json)) {
                String author = one.path("author").asString("");
                String id = one.path("tweet_id").asString("");
                posts.add(new ConversationPost(mention.network(), id, author, one.path("author_name").asString(author), one.path("content").asString(""),
                        Instant.parse(one.path("created_at").asString("")), mention.network().addressOf(author, id), false));
            }
        } catch (JacksonException | DateTimeException e) {
            return List.of();
        }
        return posts;
    }

    /** Returns the mention itself, as the post that a reply answers. */
    public static ConversationPost answered(Mention mention) {
        return new ConversationPost(mention.network(), mention.tweetId(), mention.author(), mention.authorName(), mention.content(), mention.createdAt(),
                mention.network().addressOf(mention.author(), mention.tweetId()), true);
    }

    /** Sets a mention aside that waits for an agent; false if it does not wait any more. */
    public boolean setAside(UUID id, Mention.Reason reason) {
        return door.sql("""
                update public.mentions set state = 'set_aside', reason = :reason, state_since = now()
                where user_id = :tenant and id = :id and state = 'open'
                """)
                .param("reason", reason)
                .param("id", id)
                .update() > 0;
    }

    /** Notes that a reply was written to a post, if it is a mention. */
    public void answered(Network network, String tweetId) {
        door.sql("""
                update public.mentions set state = 'answered', reason = null, state_since = now()
                where user_id = :tenant and network = :network and tweet_id = :tweet_id and state <> 'answered'
                """)
                .param("network", network)
                .param("tweet_id", tweetId)
                .update();
    }

    /** Sets a mention aside whose reply a person deleted; nothing for another post. */
    void dismissed(UUID id) {
        door.sql("""
                update public.mentions set state = 'set_aside', reason = 'dismissed', state_since = now()
                where user_id = :tenant and id = :id and state = 'answered'
                """)
                .param("id", id)
                .update();
    }

    /** Has an agent answer a mention that was set aside, whatever it makes of it. 409 {@code illegal_transition} where that cannot be. */
    public Mention want(UUID id) {
        return door.transaction(() -> {
            Mention mention = get(id);
            Mention.Reason reason = mention.reason();
            if (reason == null || !reason.canBeOverruled()) {
                throw Failure.of(HttpStatus.CONFLICT, "illegal_transition", reason == null ? "This mention is not set aside."
                                : "No agent may answer this mention. You can write the reply.")
                        .with("from", mention.state().toString()).with("to", Mention.State.OPEN.toString());
            }
            door.sql("""
                    update public.mentions set state = 'open', reason = null, wanted = true, state_since = now()
                    where user_id = :tenant and id = :id and state = 'set_aside'
                    """)
                    .param("id", id)
                    .update();
            door.audit("mention.overruled", "@" + mention.author());
            return get(id);
        });
    }

    private static Mention read(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new Mention(
                Columns.id(row),
                Columns.id(row, "user_id"),
                Columns.word(row, "network", Network::of),
                row.getString("tweet_id"),
                row.getString("account_id"),
                row.getString("author_id"),
                row.getString("author"),
                row.getString("author_name"),
                row.getString("content"),
                row.getString("lang"),
                row.getString("conversation_id"),
                row.getString("in_reply_to_id"),
                row.getBoolean("limited"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "collected_at"),
                Columns.word(row, "mention", "state", Columns.constant(Mention.State.class)),
                reason == null ? null : Arrays.stream(Mention.Reason.values()).filter(one -> one.toString().equals(reason)).findFirst().orElse(null),
                Columns.instant(row, "state_since"),
                row.getBoolean("wanted"));
    }
}
