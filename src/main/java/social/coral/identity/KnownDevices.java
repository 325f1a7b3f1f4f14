package social.coral.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The browsers and networks where a person signed in rightly. It proves nothing of who is there, but tells them from strangers.
 * A browser is known by a mark of 256 bits in a cookie, of which the hash is kept, and for this person alone.
 */
@Component
class KnownDevices {

    /** A browser that is this person's, by the hash of its mark. */
    record Browser(UUID person, byte[] hash) {}

    /** What is known of where an attempt comes from: the browser, and whose network it is. */
    record Known(@Nullable Browser browser, @Nullable UUID networkOf) {}

    // A stolen mark is worth no more than this, until its owner signs in with it again.
    private static final int MOST_WRONG = 30;
    private static final int MOST_OF_A_KIND = 20;

    private final AuthDatabase database;

    KnownDevices(AuthDatabase database) {
        this.database = database;
    }

    Known find(String address, Client client, @Nullable String mark) {
        byte[] browser = OpaqueToken.hash(mark == null ? "" : mark);
        return database.sql("""
                        select (array_agg(f.user_id) filter (where f.kind = 'browser'))[1] as browser_of,
                          (array_agg(f.user_id) filter (where f.kind = 'network'))[1] as network_of
                        from auth.coral_familiar f join auth.users p on p.id = f.user_id
                        where lower(p.email) = :email and p.deleted_at is null and (
                          f.kind = 'browser' and f.mark_hash = :browser and f.wrong < :most and f.seen_at > now() - interval '180 days'
                          or f.kind = 'network' and f.mark_hash = :network and f.seen_at > now() - interval '60 days')
                        """)
                .param("email", address)
                .param("browser", browser)
                .param("network", networkHash(client))
                .param("most", MOST_WRONG)
                .query((row, number) -> {
                    UUID person = row.getObject("browser_of", UUID.class);
                    return new Known(person == null ? null : new Browser(person, browser), row.getObject("network_of", UUID.class));
                })
                .single();
    }

    /** Somebody has just signed in from this network. */
    void network(UUID person, Client client) {
        remember(person, "network", networkHash(client));
    }

    /** Leaves this network alone, where the person has just proven who they are; a browser has to sign in anew. */
    void forgetAllBut(UUID person, Client client) {
        database.sql("delete from auth.coral_familiar where user_id = :person").param("person", person).update();
        network(person, client);
    }

    /** Somebody has just signed in with this browser. Gives the mark that it is to keep: a new one, unless what it has is theirs. */
    String browser(UUID person, @Nullable String mark) {
        String kept = mark != null && isTheirs(person, mark) ? mark : OpaqueToken.fresh();
        remember(person, "browser", OpaqueToken.hash(kept));
        return kept;
    }

    private boolean isTheirs(UUID person, String mark) {
        return database.sql("""
                        select exists (select 1 from auth.coral_familiar
                          where user_id = :person and kind = 'browser' and mark_hash = :mark and wrong < :most)
                        """)
                .param("person", person)
                .param("mark", OpaqueToken.hash(mark))
                .param("most", MOST_WRONG)
                .query(Boolean.class)
                .single();
    }

    private void remember(UUID person, String kind, byte[] hash) {
        database.sql("""
                        insert into auth.coral_familiar (user_id, kind, mark_hash) values (:person, :kind, :mark)
                        on conflict (user_id, kind, mark_hash) do update set seen_at = excluded.seen_at, wrong = 0
                        """)
                .param("person", person)
                .param("kind", kind)
                .param("mark", hash)
                .update();
        database.sql("""
                        delete from auth.coral_familiar where user_id = :person and kind = :kind and mark_hash in (
                          select mark_hash from auth.coral_familiar where user_id = :person and kind = :kind order by seen_at desc offset :most)
                        """)
                .param("person", person)
                .param("kind", kind)
                .param("most", MOST_OF_A_KIND)
                .update();
    }

    void wasWrong(Browser browser) {
        database.sql("update auth.coral_familiar set wrong = wrong + 1 where user_id = :person and kind = 'browser' and mark_hash = :mark")
                .param("person", browser.person())
                .param("mark", browser.hash())
                .update();
    }

    private static byte[] networkHash(Client client) {
        return OpaqueToken.hash("network/" + client.network());
    }
}
