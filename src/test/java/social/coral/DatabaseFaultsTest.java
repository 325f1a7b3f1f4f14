package social.coral;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import social.coral.installation.DatabaseServer;

/**
 * PostgreSQL itself raises what it raises when its disk is full, its connections are used up or it ends, at what is read, at what
 * is written and at the commit: each way in then answers 503, and none 500.
 */
@CoralTest
class DatabaseFaultsTest {

    /** A connection that is gone, a standby, a disk, memory or places that are full, a server that ends or starts, an error of the disk. */
    private static final List<String> STATES = List.of("08006", "25006", "25P02", "53100", "53200", "53300", "57014", "57P01", "57P03", "58030");

    private static final String INSTALL = """
            create schema faults;
            create table faults.now (moment text, state text);
            create function faults.meet(met text) returns boolean language plpgsql stable security definer as $f$
            declare
              at_present text := (select state from faults.now where moment = met);
            begin
              if at_present is not null then
                raise exception 'a fault made for a test' using errcode = at_present;
              end if;
              return true;
            end $f$;
            create function faults.meet() returns trigger language plpgsql security definer as $f$
            begin
              perform faults.meet(tg_argv[0]);
              return null;
            end $f$;
            grant usage on schema faults to public;
            do $$ declare
              t regclass;
            begin
              for t in select c.oid from pg_class c where c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace) and c.relkind = 'r' and not c.relispartition
              loop
                execute format('create policy fault on %s as restrictive using (faults.meet(''read''))', t);
                execute format('create trigger fault_at_write before insert or update or delete on %s for each statement execute function faults.meet(''write'')', t);
                execute format('create constraint trigger fault_at_commit after insert or update or delete on %s deferrable initially deferred'
                  || ' for each row execute function faults.meet(''commit'')', t);
              end loop;
              for t in select c.oid from pg_class c where c.relnamespace = 'auth'::regnamespace and c.relkind = 'r' and not c.relrowsecurity
              loop
                execute format('create policy everything on %s using (true)', t);
                execute format('alter table %s enable row level security', t);
              end loop;
            end $$;
            """;
    private static final String REMOVE = """
            do $$ declare
              t regclass;
            begin
              for t in select polrelid from pg_policy where polname = 'everything' loop
                execute format('alter table %s disable row level security', t);
                execute format('drop policy everything on %s', t);
              end loop;
              for t in select polrelid from pg_policy where polname = 'fault' loop
                execute format('drop policy fault on %s', t);
                execute format('drop trigger fault_at_write on %s', t);
                execute format('drop trigger fault_at_commit on %s', t);
              end loop;
            end $$;
            drop schema faults cascade;
            """;

    @Autowired
    People people;

    @Autowired
    DatabaseServer server;

    @Autowired
    List<RequestMappingInfoHandlerMapping> registries;

    private Connection owner;
    private TestPerson person;

    @BeforeEach
    void aDatabaseThatRaisesWhatItIsTold() throws SQLException {
        person = people.aPerson();
        owner = server.connectAsOwner();
        execute(INSTALL);
    }

    @AfterEach
    void aSoundDatabase() throws SQLException {
        execute(REMOVE);
        owner.close();
    }

    @Test
    void eachWayInAnswersWhatPassesWith503() throws SQLException {
        SoftAssertions found = new SoftAssertions();
        int asked = 0;
        for (String moment : List.of("read", "write", "commit")) {
            for (String state : STATES) {
                raise(moment, state);
                for (Map.Entry<String, Supplier<TestAnswer>> way : ways(moment).entrySet()) {
                    TestAnswer answer = way.getValue().get();
                    asked++;
                    found.assertThat(answer.status()).as("%s, %s at %s", way.getKey(), state, moment).isEqualTo(503);
                    found.assertThat(answer.header("Retry-After")).as("%s, %s at %s", way.getKey(), state, moment).matches("\\d+");
                }
            }
        }
        found.assertAll();
        System.out.println(asked + " requests met a fault of the database and were answered 503");
        raise("read", null);
        ways("write").forEach((name, way) -> assertThat(way.get().status()).as("%s, when all is well again", name).isIn(200, 201, 303));
    }

    @Test
    void noRouteAnswers500ToAFullDisk() throws SQLException {
        int passing = 0;
        for (String moment : List.of("read", "write")) {
            raise(moment, "53100");
            for (Route route : Route.all(registries)) {
                boolean api = route.path().startsWith("/api/") || route.path().startsWith("/auth/v1");
                TestClient client = api ? person.api() : person.browser();
                TestAnswer answer = route.takesABody() ? client.send(route.method(), route.path(), BodyPublishers.ofString(api ? "{}" : ""),
                        api ? "application/json" : "application/x-www-form-urlencoded")
                        : client.send(route.method(), route.path(), BodyPublishers.noBody(), "");
                assertThat(answer.status()).as("%s, at %s", route, moment).isNotEqualTo(500);
                if (answer.status() == 503) {
                    passing++;
                    assertThat(answer.header("Retry-After")).as("%s, at %s", route, moment).matches("\\d+");
                }
            }
        }
        assertThat(passing).isGreaterThan(50);
    }

    /** The ways in that come to what the moment is about. */
    private Map<String, Supplier<TestAnswer>> ways(String moment) {
        Map<String, Supplier<TestAnswer>> ways = new LinkedHashMap<>();
        Map<String, String> somebodyNew = Map.of("email", people.anAddress(), "password", person.password());
        ways.put("a sign-in on the page", () -> people.aStranger().form("/auth/login", person.credentials()));
        ways.put("a sign-up on the page", () -> people.aStranger().form("/auth/signup", Map.of("email", people.anAddress(), "password", person.password())));
        ways.put("a sign-in over the wire", () -> people.aStranger().post("/auth/v1/token?grant_type=password", person.credentials()));
        ways.put("a sign-up over the wire", () -> people.aStranger().post("/auth/v1/signup", somebodyNew));
        ways.put("a token renewed", () -> people.aStranger().post("/auth/v1/token?grant_type=refresh_token", Map.of("refresh_token", person.refreshToken())));
        ways.put("a form of a page", () -> person.browser().form("/accounts/add", Map.of("handles", "reefcheck")));
        ways.put("a write of the API", () -> person.post("/api/tweets", Map.of("content", "a post")));
        ways.put("a write of the API with a key", () -> person.api().with("Idempotency-Key", UUID.randomUUID().toString()).post("/api/tweets", Map.of("content", "a post")));
        if (moment.equals("read")) {
            ways.put("a page", () -> person.browser().get("/dashboard"));
            ways.put("a list of the API", () -> person.get("/api/tweets"));
        }
        return ways;
    }

    private void raise(String moment, @Nullable String state) throws SQLException {
        execute("delete from faults.now" + (state == null ? "" : "; insert into faults.now values ('" + moment + "', '" + state + "')"));
    }

    private void execute(String sql) throws SQLException {
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
            owner.commit();
        } finally {
            owner.rollback();
        }
    }
}
