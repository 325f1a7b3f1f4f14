package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;
import social.coral.networks.AuthoredPost;
import social.coral.networks.MentionPage;
import social.coral.networks.Network;
import social.coral.networks.NetworkUser;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** Tracks whose account a tenant's keys act as, and how far its mentions were read. */
@Component
public final class MentionReadings {

    /** A handle may change, and asking whose account it is costs more than reading a mention. */
    private static final Duration ACCOUNT_KNOWN_FOR = Duration.ofDays(7);
    private static final int MAX_NAME_LENGTH = 200;

    private final TenantDoor door;

    MentionReadings(TenantDoor door) {
        this.door = door;
    }

    /** Returns how far reading has come with the account that these keys act as; empty if that is not known, or not lately. */
    public Optional<MentionReading> reading(Network network, String keys) {
        return door.sql("""
                select network, account_id, handle, name, since_id, cursor_token, cursor_newest_id from public.mention_readings
                where user_id = :tenant and network = :network and keys = :keys and told_at > :known_after order by told_at desc limit 1
                """)
                .param("network", network)
                .param("keys", keys)
                .param("known_after", Instant.now().minus(ACCOUNT_KNOWN_FOR))
                .first(MentionReadings::reading);
    }

    /** Stores which account these keys act as, and returns how far reading has come with it. */
    public MentionReading resolved(Network network, String keys, NetworkUser account) {
        return door.sql("""
                insert into public.mention_readings (network, account_id, handle, name, keys) values (:network, :account, :handle, :name, :keys)
                on conflict (user_id, network, account_id) do update
                set handle = excluded.handle, name = excluded.name, keys = excluded.keys, told_at = excluded.told_at
                returning network, account_id, handle, name, since_id, cursor_token, cursor_newest_id
                """)
                .param("network", network)
                .param("account", account.id())
                .param("handle", account.handle())
                .param("name", StorableText.truncate(account.name(), MAX_NAME_LENGTH))
                .param("keys", keys)
                .one(MentionReadings::reading);
    }

    private static MentionReading reading(ResultSet row) throws SQLException {
        return new MentionReading(Columns.word(row, "reading of mentions", "network", Network::of), new NetworkUser(row.getString("account_id"), row.getString("handle"), row.getString("name")),
                row.getString("since_id"), row.getString("cursor_token"), row.getString("cursor_newest_id"));
    }

    /** A page that was stored: how many of its mentions are new, and how far reading has come. */
    public record Stored(int added, MentionReading next) {}

    /**
     * Stores a page's mentions and how far reading has come, both or neither. Returns empty, and stores nothing, if another run has read on
     * in the meantime.
     *
     * @param last whether the pages that follow are left
     */
    public Optional<Stored> pageRead(MentionReading from, MentionPage page, boolean last) {
        MentionReading next = from.after(page, last);
        return door.transaction(() -> {
            boolean moved = door.sql("""
                    update public.mention_readings set since_id = :since_id, cursor_token = :cursor_token, cursor_newest_id = :cursor_newest_id, read_at = now()
                    where user_id = :tenant and network = :network and account_id = :account
                      and since_id is not distinct from :known_since_id::text and cursor_token is not distinct from :known_cursor_token::text
                    """)
                    .param("since_id", next.sinceId())
                    .param("cursor_token", next.cursorToken())
                    .param("cursor_newest_id", next.cursorNewestId())
                    .param("network", from.network())
                    .param("account", from.account().id())
                    .param("known_since_id", from.sinceId())
                    .param("known_cursor_token", from.cursorToken())
                    .update() > 0;
            return moved ? Optional.of(new Stored(insert(from, page.posts()), next)) : Optional.empty();
        });
    }

    /** Stores that the network no longer takes the place where reading had stopped. */
    public void letGo(MentionReading reading) {
        door.sql("""
                update public.mention_readings set since_id = :since_id, cursor_token = null, cursor_newest_id = null
                where user_id = :tenant and network = :network and account_id = :account
                """)
                .param("since_id", reading.sinceId())
                .param("network", reading.network())
                .param("account", reading.account().id())
                .update();
    }

    /** What the account says of itself is no mention. */
    private int insert(MentionReading reading, List<AuthoredPost> posts) {
        List<Object[]> rows = posts.stream().filter(one -> !one.authorId().equals(reading.account().id()) && !StorableText.isBlank(one.post().text()))
                .map(one -> new Object[] {reading.network(), one.post().id(), reading.account().id(), one.authorId(), one.post().author(), one.authorName(), one.post().text(),
                    one.post().lang(), one.post().conversationId(), one.post().inReplyToId(), one.limited(), one.post().createdAt()})
                .toList();
        return rows.isEmpty() ? 0 : door.sql("""
                insert into public.mentions (network, tweet_id, account_id, author_id, author, author_name, content, lang, conversation_id, in_reply_to_id, limited, created_at)
                values :rows on conflict (user_id, network, tweet_id) do nothing
                """)
                .rows("rows", rows)
                .update();
    }
}
