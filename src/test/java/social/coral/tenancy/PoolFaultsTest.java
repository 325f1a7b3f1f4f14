package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import social.coral.CoralTest;
import social.coral.Tally;
import social.coral.Tenants;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;

/** The door over four connections, while statements fail, run out of time, are cancelled, and whole backends are ended under them. */
@CoralTest
class PoolFaultsTest {

    private static final int CONNECTIONS = 4;
    private static final int WORKERS = 12;
    private static final int REQUESTS_OF_A_WORKER = 350;

    /** What a request does; most are ordinary. */
    private enum Kind {
        READ,
        READ_IN_A_TRANSACTION,
        WRITE,
        WRITE_IN_A_TRANSACTION,
        THROWS_HALF_WAY,
        FAILS,
        RUNS_OUT_OF_TIME,
        CANCELS_ITSELF,
        LEAVES_A_SETTING
    }

    @Autowired
    Databases databases;

    @Autowired
    DatabaseServer server;

    private final Tally tally = new Tally("pools");
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<Integer> backends = ConcurrentHashMap.newKeySet();
    private final Map<Tenant, Set<String>> confirmed = new ConcurrentHashMap<>();
    private HikariDataSource pool;
    private TenantDoor door;
    private List<Tenant> tenants;

    @BeforeEach
    void aDoorOverFourConnections() throws SQLException {
        DataSource login = databases.pool(LoginRole.TENANT).unwrap(HikariDataSource.class).getDataSource();
        pool = Databases.pool("four", login, CONNECTIONS);
        door = new TenantDoor(pool, new TenantShares(2, 100), databases.claimsKey(), new RowBounds(databases.tables()));
        tenants = IntStream.range(0, 6).mapToObj(i -> Tenants.aTenant(databases)).toList();
        tenants.forEach(tenant -> confirmed.put(tenant, ConcurrentHashMap.newKeySet()));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void whateverHappensToAConnectionNoRequestSeesAnothersRowAndThePoolRecovers() throws Exception {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                Random choice = new Random(worker);
                all.add(workers.submit(() -> IntStream.range(0, REQUESTS_OF_A_WORKER).forEach(i -> request(choice))));
            }
            try (ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor()) {
                killer.scheduleAtFixedRate(this::endABackend, 0, 40, TimeUnit.MILLISECONDS);
                for (Future<?> worker : all) {
                    worker.get(5, TimeUnit.MINUTES);
                }
            }
        }
        assertThat(ended.get()).as("backends that were ended").isGreaterThan(5);
        tally.write();

        assertThat(tally.total()).isEqualTo(WORKERS * REQUESTS_OF_A_WORKER);
        Stream.of(Kind.values()).forEach(kind -> assertThat(tally.of(kind + " as it should")).as("%s", kind).isPositive());
        // A backend that was ended while its connection lay idle fails the one request that finds it so.
        Awaitility.await().until(() -> IntStream.range(0, CONNECTIONS * 3).allMatch(i -> isServed(tenants.getFirst())));
        for (int round = 0; round < CONNECTIONS * 3; round++) {
            for (Tenant tenant : tenants) {
                assertThatCode(() -> tenant.run(() -> door.sql("update public.personas set tone = 'calm' where user_id = :tenant").update())).doesNotThrowAnyException();
                assertThat(tenant.call(this::rows)).containsAll(confirmed.get(tenant)).allMatch(text -> text.startsWith(tenant.id().toString()));
            }
        }
        nothingIsLeftInTheConnections();
    }

    private boolean isServed(Tenant tenant) {
        try {
            tenant.call(this::rows);
            return true;
        } catch (Exception ended) {
            return false;
        }
    }

    private void request(Random choice) {
        Tenant tenant = tenants.get(choice.nextInt(tenants.size()));
        Tenant another = tenants.get((tenants.indexOf(tenant) + 1) % tenants.size());
        Kind kind = choice.nextInt(3) == 0 ? Kind.values()[choice.nextInt(Kind.values().length)] : Kind.values()[choice.nextInt(4)];
        boolean asItShould;
        try {
            tenant.run(() -> run(kind, tenant, another));
            asItShould = kind.compareTo(Kind.THROWS_HALF_WAY) < 0 || kind == Kind.LEAVES_A_SETTING;
        } catch (DataAccessException | Failure | Stop expected) {
            // Either what this kind of request is for, or its backend was ended under it.
            asItShould = kind.compareTo(Kind.THROWS_HALF_WAY) >= 0 && kind != Kind.LEAVES_A_SETTING;
        }
        synchronized (tally) {
            tally.add(kind + (asItShould ? " as it should" : " otherwise"));
        }
    }

    private void run(Kind kind, Tenant tenant, Tenant another) {
        switch (kind) {
            case READ -> seesItsOwn(tenant);
            case READ_IN_A_TRANSACTION -> door.transaction(() -> {
                backends.add(door.sql("select pg_backend_pid()").one(row -> row.getInt(1)));
                seesItsOwn(tenant);
                seesItsOwn(tenant);
            });
            case WRITE -> confirm(tenant, write(tenant));
            case WRITE_IN_A_TRANSACTION -> confirm(tenant, door.transaction(() -> {
                String text = write(tenant);
                seesItsOwn(tenant);
                return text;
            }));
            case THROWS_HALF_WAY -> door.transaction(() -> {
                door.sql("insert into public.tweets (content) values ('never to be seen')").update();
                throw new Stop();
            });
            case FAILS -> door.sql("select 1 / (count(*) - count(*)) from public.tweets where user_id = :tenant").list(row -> row.getInt(1));
            case RUNS_OUT_OF_TIME -> door.transaction(() -> {
                door.sql("set local statement_timeout = 5").update();
                busy();
            });
            case CANCELS_ITSELF -> door.transaction(() -> {
                int backend = door.sql("select pg_backend_pid()").one(row -> row.getInt(1));
                Thread.startVirtualThread(() -> signal("pg_cancel_backend", backend));
                busy();
            });
            case LEAVES_A_SETTING -> door.sql("select set_config('request.jwt.claims', :claims, false)")
                    .param("claims", "{\"sub\":\"" + another.id() + "\",\"role\":\"authenticated\"}")
                    .list(row -> row.getString(1));
        }
    }

    private void seesItsOwn(Tenant tenant) {
        assertThat(rows()).allMatch(text -> text.startsWith(tenant.id().toString()));
    }

    private List<String> rows() {
        return door.sql("select user_id || ' ' || content from public.tweets").list(row -> row.getString(1));
    }

    private String write(Tenant tenant) {
        String text = "number " + numbers.incrementAndGet();
        door.sql("insert into public.tweets (content) values (:content)").param("content", text).update();
        return tenant.id() + " " + text;
    }

    private void confirm(Tenant tenant, String text) {
        confirmed.getOrDefault(tenant, Set.of()).add(text);
    }

    private void busy() {
        door.sql("select count(*) from generate_series(1, 100000000)").list(row -> row.getLong(1));
    }

    /** Ends one that a request of this pool told of. */
    private void endABackend() {
        backends.stream().findAny().ifPresent(backend -> {
            backends.remove(backend);
            signal("pg_terminate_backend", backend);
            ended.incrementAndGet();
        });
    }

    /** As an administrator may; the owner of a database is one once it belongs to the role. */
    private void signal(String function, int backend) {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("grant coral_tenant to current_user");
            statement.execute("select " + function + "(" + backend + ")");
            owner.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void nothingIsLeftInTheConnections() throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(pool.getConnection());
            }
            for (Connection connection : all) {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("select count(*), coalesce(current_setting('coral.claims_signature', true), '') from public.tweets")) {
                    row.next();
                    assertThat(row.getLong(1)).isZero();
                    assertThat(row.getString(2)).isEmpty();
                }
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    /** What a request throws that thinks better of it. */
    private static final class Stop extends RuntimeException {}
}
