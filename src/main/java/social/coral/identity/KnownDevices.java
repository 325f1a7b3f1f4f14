package social.coral.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The browsers and networks from which a person signed in before. They prove no identity, but get limits apart from strangers.
 * A browser is identified by a token of 256 bits in a cookie, whose hash is stored, for this person alone.
 */
@Component
class KnownDevices {

    /** A known browser of this person, with the hash of its token. */
    record Browser(UUID person, byte[] hash) {}

    /** What is known about the origin of an attempt: the browser, and the person who signed in from this network. */
    record Known(@Nullable Browser browser, @Nullable UUID networkOf) {}

    // Limits the worth of a stolen token. Reset when its owner signs in with it again.
    private static final int MAX_WRONG = 30;
    private static final int MAX_PER_KIND = 20;

    private final AuthDatabase database;

    KnownDevices(AuthDatabase database) {
        this.database = database;
    }

    Known find(String address, Client client, @Nullable String token) {
        byte[] browser = OpaqueToken.hash(token == null ? "" : token);
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
                .param("most", MAX_WRONG)
                .query((row, number) -> {
                    UUID person = row.getObject("browser_of", UUID.class);
                    return new Known(person == null ? null : new Browser(person, browser), row.getObject("network_of", UUID.class));
                })
                .single();
    }

    void rememberNetwork(UUID person, Client client) {
        remember(person, "network", networkHash(client));
    }

    /** Forgets everything but this network, from which the person has just authenticated. */
    void forgetAllButNetwork(UUID person, Client client) {
        database.sql("delete from auth.coral_familiar where user_id = :person").param("person", person).update();
        rememberNetwork(person, client);
    }

    /** Remembers this browser. Returns the token for it: its present one, if that belongs to this person, or a new one. */
    String rememberBrowser(UUID person, @Nullable String token) {
        String kept = token != null && isTheirs(person, token) ? token : OpaqueToken.generate();
        remember(person, "browser", OpaqueToken.hash(kept));
        return kept;
    }

    private boolean isTheirs(UUID person, String token) {
        return database.sql("""
                        select exists (select 1 from auth.coral_familiar
                          where user_id = :person and kind = 'browser' and mark_hash = :mark and wrong < :most)
                        """)
                .param("person", person)
                .param("mark", OpaqueToken.hash(token))
                .param("most", MAX_WRONG)
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
                .param("most", MAX_PER_KIND)
                .update();
    }

    void countWrong(Browser browser) {
        database.sql("update auth.coral_familiar set wrong = wrong + 1 where user_id = :person and kind = 'browser' and mark_hash = :mark")
                .param("person", browser.person())
                .param("mark", browser.hash())
                .update();
    }

    private static byte[] networkHash(Client client) {
        return OpaqueToken.hash("network/" + client.network());
    }
}
