package social.coral.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The people of the bench, each a tenant with a token. They are written straight into the database, with a session and a
 * refresh token each, because a thousand passwords would take minutes to hash; their access tokens then come from the product
 * itself, which issues them for the refresh tokens and checks them with each request as anybody's.
 */
final class Tenants {

    static final int COUNT = 1_000;
    static final int ROWS = 500;
    /** Ids are this and twelve digits from {@link #FIRST} on, so that a script of pgbench can choose one by chance. */
    static final String ID_PREFIX = "00000000-0000-4000-8000-";
    static final long FIRST = 100_000_000_000L;

    private static final JsonMapper JSON = new JsonMapper();

    private Tenants() {}

    static void load(Connection database) throws SQLException {
        people(database, COUNT);
        try (Statement statement = database.createStatement()) {
            // Slices of one text, 60 to 260 characters long, as posts are; times that every language writes alike.
            statement.execute("""
                    insert into public.tweets (user_id, content, created_at, updated_at)
                    select p.id, substr(words.of, 1 + (random() * 600)::int, 60 + (random() * 200)::int), at.time, at.time
                    from auth.users p, generate_series(1, %d) as n,
                      lateral (select date_trunc('minute', now()) - n * interval '37 minutes' + interval '1.234 seconds') as at (time),
                      (values ('%s')) as words (of)
                    """.formatted(ROWS, WORDS.replace("'", "''")));
            statement.execute("vacuum analyze");
        }
    }

    /** Writes so many tenants who have nothing yet. */
    static void people(Connection database, int count) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("""
                    insert into auth.users (id, email, email_confirmed_at)
                    select ('%s' || %d + n)::uuid, 'tenant-' || n || '@example.org', now() from generate_series(0, %d) as n
                    """.formatted(ID_PREFIX, FIRST, count - 1));
            statement.execute("select auth.provision_person(id, email, 'Tenant') from auth.users");
        }
    }

    private static final String WORDS = """
            Low tide at six, so we walked out to the far rocks and counted anemones until our feet went numb. Twelve species, one \
            of them new to the list. 🪸 The boat yard has a waiting list until March – nobody told us when we signed. Heute Nacht \
            wird es kälter als letzte Woche; wer Pflanzen draußen hat, sollte sie abdecken. La réunion est déplacée à jeudi, même \
            salle, même heure. Reminder: the second session on writing for people who do not have time starts at 18:30, bring the \
            draft you like least. 次の展示は来月からです。 Three things we learned from moving the archive: label the boxes on two sides, \
            photograph the shelves first, and never trust a spreadsheet that rounds its own ids. ¿Quién viene mañana? The kitchen \
            is open until ten, the music until the neighbours say so. 🎶 More on https://example.org/notes when the minutes are done.\
            """;

    /** The access tokens of all tenants, in the order of their ids. */
    static List<String> tokens(Connection database, int port) throws SQLException, IOException {
        return tokens(database, port, COUNT);
    }

    /** The access tokens of the first tenants, of whom there are so many. */
    static List<String> tokens(Connection database, int port, int count) throws SQLException, IOException {
        String secret = UUID.randomUUID().toString();
        try (Statement statement = database.createStatement()) {
            statement.execute("""
                    insert into auth.coral_sessions (id, user_id, amr, expires_at)
                    select gen_random_uuid(), id, '[{"method": "password", "timestamp": 0}]', now() + interval '1 day' from auth.users
                    """);
            statement.execute("""
                    insert into auth.coral_refresh_tokens (token_hash, session_id)
                    select sha256(convert_to('%s' || user_id, 'UTF8')), id from auth.coral_sessions
                    """.formatted(secret));
        }
        List<String> tokens = new ArrayList<>();
        try (KeepAlive connection = new KeepAlive(port)) {
            for (long id = FIRST; id < FIRST + count; id++) {
                connection.ask(refresh(secret + ID_PREFIX + id));
                tokens.add(JSON.readTree(connection.text()).get("access_token").stringValue());
            }
        }
        return tokens;
    }

    private static byte[] refresh(String token) {
        return KeepAlive.post("/auth/v1/token?grant_type=refresh_token", "", "application/json", "{\"refresh_token\":\"" + token + "\"}");
    }

    /** Lets a tenant spend without end. */
    static void liftLimit(Connection database, int number) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("update public.user_profiles set api_usage_limit = 2000000000 where user_id = '" + id(number) + "'");
        }
    }

    static UUID id(int number) {
        return UUID.fromString(ID_PREFIX + (FIRST + number));
    }
}
