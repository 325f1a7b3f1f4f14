package social.coral.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.Tenants;
import social.coral.TestPerson;
import social.coral.installation.Finding;
import social.coral.installation.MasterKey;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** Runs the command beside a running application of its own, because other tests damage keys in theirs. */
@CoralTest
@TestPropertySource(properties = "spring.application.name=coral-keys")
@DirtiesContext
@Timeout(120)
class KeysTest {

    @Autowired private Environment running;
    @Autowired private Databases databases;
    @Autowired private TenantDoor door;
    @Autowired private ApiKeys keys;
    @Autowired private MasterKey masterKey;
    @Autowired private People people;

    @Test
    void theMasterKeyIsChangedWhileEverybodyReadsAndWritesAndTheEarlierOneCanBeDestroyed() throws Exception {
        Assumptions.assumeTrue(running.getProperty("ENCRYPTION_KEY") == null, "the operator's own key is not the command's to change");
        List<Tenant> tenants = IntStream.range(0, 40).mapToObj(i -> aTenantWithAKey()).toList();
        TestPerson person = people.aPerson();
        String before = masterKey.currentId();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        List<Tenant> meanwhile = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                work.add(threads.submit(() -> {
                    while (!over.get()) {
                        tenants.forEach(KeysTest.this::reads);
                        reads.incrementAndGet();
                    }
                }));
            }
            work.add(threads.submit(() -> {
                while (!over.get()) {
                    meanwhile.add(aTenantWithAKey());
                }
            }));
            work.add(threads.submit(() -> {
                while (!over.get()) {
                    assertThat(people.aPerson().get("/api/user/profile").status()).isEqualTo(200);
                }
            }));
            List<String> said = saidBy(over, "rotate");
            for (Future<?> each : work) {
                each.get();
            }
            assertThat(said).anyMatch(line -> line.startsWith("Master key " + before + " is not in use anymore"));
        }

        assertThat(reads).hasPositiveValue();
        assertThat(meanwhile).isNotEmpty().allSatisfy(this::reads);
        assertThat(command("status")).noneMatch(line -> line.contains(before) && !line.endsWith(": 0 tenants' data keys and 0 signing keys"));
        assertThat(command("forget")).anyMatch(line -> line.startsWith("Forgotten: ") && line.contains(before));
        assertThat(command("status")).noneMatch(line -> line.contains(before));
        assertThat(Doctor.examine(environment())).filteredOn(finding -> finding.subject().equals("keys")).singleElement()
                .matches(finding -> finding.level() == Finding.Level.OK && finding.sentence().contains("(current)"));
        tenants.forEach(this::reads);
        assertThat(person.get("/api/user/profile").status()).isEqualTo(200);
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=refresh_token", Map.of("refresh_token", person.refreshToken())).status()).isEqualTo(200);
    }

    @Test
    void anInterruptedRotationContinuesAndNothingFailsInBetween() {
        Assumptions.assumeTrue(running.getProperty("ENCRYPTION_KEY") == null, "the operator's own key is not the command's to change");
        List<Tenant> tenants = IntStream.range(0, 3).mapToObj(i -> aTenantWithAKey()).toList();
        String before = masterKey.currentId();

        // Its first word comes when the key has changed and nothing is moved yet.
        assertThatThrownBy(() -> Keys.run(environment(), List.of("rotate"), word -> {
            throw new IllegalStateException("killed");
        }, err -> {})).hasMessage("killed");

        tenants.forEach(this::reads);
        reads(aTenantWithAKey());
        assertThat(masterKey.currentId()).as("noticed by whoever seals something").isNotEqualTo(before);
        assertThat(Doctor.examine(environment())).anyMatch(finding -> finding.sentence().startsWith("A change of the master key was not finished"));
        assertThat(command("rotate")).contains("Completing the change to master key " + masterKey.currentId() + ".")
                .anyMatch(line -> line.startsWith("Master key " + before + " is not in use anymore"));
        tenants.forEach(this::reads);
    }

    @Test
    void aTenantsDataKeyIsRenewedWhileTheTenantReadsAndWrites() throws Exception {
        Tenant tenant = aTenantWithAKey();
        byte[] before = wrappedKey(tenant);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader = threads.submit(() -> {
                while (!over.get()) {
                    reads(tenant);
                }
            });
            Future<?> writer = threads.submit(() -> {
                while (!over.get()) {
                    tenant.run(() -> keys.save(ServiceName.ANTHROPIC, "sk-ant-another-key-0001"));
                }
            });
            assertThat(saidBy(over, "rotate", "--tenant", tenant.id().toString())).singleElement().asString()
                    .startsWith("The tenant has a new data key. Secrets sealed with it: ");
            reader.get();
            writer.get();
        }
        reads(tenant);
        tenant.run(() -> assertThat(keys.open(ServiceName.ANTHROPIC)).hasValueSatisfying(key ->
                assertThat(key.reveal()).isEqualTo("sk-ant-another-key-0001")));
        assertThat(wrappedKey(tenant)).isNotEqualTo(before);
    }

    @Test
    void unknownOptionsAreRefused() {
        List<String> err = new ArrayList<>();
        assertThat(Keys.run(environment(), List.of("rotat"), out -> {}, err::add)).isEqualTo(2);
        assertThat(Keys.run(environment(), List.of("rotate", "--tenant", "nobody@example.org"), out -> {}, err::add)).isEqualTo(1);
        assertThat(err).satisfiesExactly(
                usage -> assertThat(usage).contains("status, rotate"),
                nobody -> assertThat(nobody).contains("Nobody here has the address or id nobody@example.org"));
    }

    private Tenant aTenantWithAKey() {
        Tenant tenant = Tenants.aTenant(databases);
        tenant.run(() -> keys.save(ServiceName.OPENAI, "sk-" + tenant.id()));
        return tenant;
    }

    private void reads(Tenant tenant) {
        tenant.run(() -> assertThat(keys.open(ServiceName.OPENAI)).hasValueSatisfying(key ->
                assertThat(key.reveal()).isEqualTo("sk-" + tenant.id())));
    }

    private byte[] wrappedKey(Tenant tenant) throws Exception {
        return tenant.call(() -> door.sql("select wrapped_key from public.user_data_keys where user_id = :tenant").one(row -> row.getBytes(1)));
    }

    /** Whatever comes of the command, those who read meanwhile come to an end. */
    private List<String> saidBy(AtomicBoolean over, String... words) {
        try {
            return command(words);
        } finally {
            over.set(true);
        }
    }

    private List<String> command(String... words) {
        List<String> said = new ArrayList<>();
        List<String> err = new ArrayList<>();
        int code = Keys.run(environment(), List.of(words), said::add, err::add);
        assertThat(code).as(err + " " + said).isZero();
        return said;
    }

    private StandardEnvironment environment() {
        return new Installations(running).running();
    }
}
