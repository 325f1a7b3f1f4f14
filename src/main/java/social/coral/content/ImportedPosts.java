package social.coral.content;

import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import social.coral.api.AccountGone;
import social.coral.content.CollectedPost.Source;
import social.coral.networks.Network;
import social.coral.networks.Post;
import social.coral.portability.CountedBatch;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** Stores posts from files among the collected ones, and enters imports in the audit. */
@Component
final class ImportedPosts {

    private static final Logger log = LoggerFactory.getLogger(ImportedPosts.class);

    private final TenantDoor door;

    ImportedPosts(TenantDoor door) {
        this.door = door;
    }

    /**
     * Stores posts and returns how many were new; those that are there already stay as they are.
     *
     * @param first whether the import stored none before: its beginning is in the audit with the first, even if a crash keeps its end out
     */
    int add(Collection<Post> posts, boolean first) {
        return new CountedBatch(door, this::writtenBy).add(() -> {
            CountedBatch.Written added = insertNew(posts);
            if (first && added.rows() > 0) {
                door.audit("posts.import_started", "");
            }
            return added;
        });
    }

    private CountedBatch.Written insertNew(Collection<Post> posts) {
        return CountedBatch.Written.by(door.sql("""
                insert into public.tweets_cache (network, tweet_id, author, content, lang, conversation_id, in_reply_to_id,
                  likes, retweets, replies, created_at, source)
                values :rows
                on conflict (user_id, network, tweet_id) do nothing
                returning cast(pg_current_xact_id() as text)
                """)
                .rows("rows", CollectedPosts.rows(Network.X, posts, Source.IMPORTED)));
    }

    private int writtenBy(String transaction) {
        return door.sql("select count(*) from public.tweets_cache where user_id = :tenant and xmin = cast(cast(:transaction as xid8) as xid)")
                .param("transaction", transaction)
                .one(row -> row.getInt(1));
    }

    /** Enters in the audit what an import stored. */
    void imported(String how) {
        enter("posts.imported", how);
    }

    /** Enters in the audit how an import came to an early end, for a person who may never have seen its result. */
    void importEnded(String how) {
        enter("posts.import_ended", how);
    }

    private void enter(String action, String how) {
        try {
            door.transaction(() -> door.audit(action, how));
        } catch (AccountGone e) {
            // Nobody is left to read it.
        } catch (DataAccessException e) {
            log.warn("An import of tenant {} ({}) could not be entered in the audit", Tenant.current().id(), how, e);
        }
    }
}
