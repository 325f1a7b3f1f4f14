package social.coral.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.api.Failure;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

@CoralTest
class ApiKeysTest {

    private static final String PLAIN = "sk-3f9a1c77d2e84b50-plain-key";

    @Autowired
    Databases databases;

    @Autowired
    TenantDoor door;

    @Autowired
    ApiKeys keys;

    @Autowired
    KeyChecks checks;

    private Tenant tenant;

    @BeforeEach
    void aTenant() {
        tenant = Tenants.aTenant(databases);
    }

    @Test
    void aKeyOpensAgainAndNothingStoredOrListedHoldsIt() {
        tenant.run(() -> {
            keys.save(ServiceName.OPENAI, "  " + PLAIN + "\n");
            assertThat(keys.open(ServiceName.OPENAI)).hasValueSatisfying(key -> {
                assertThat(key.reveal()).isEqualTo(PLAIN);
                assertThat(key.toString()).doesNotContain("sk-");
            });
            assertThat(keys.list().toString()).doesNotContain(PLAIN).contains("…key,");
            List<String> stored = door.sql("select user_api_keys::text from public.user_api_keys where user_id = :tenant")
                    .list(row -> row.getString(1));
            assertThat(stored).hasSize(1).noneMatch(row -> row.contains(PLAIN) || row.contains(hex(PLAIN)));
        });
    }

    @Test
    void aDamagedDataKeyIsReplacedOnlyWhenNothingElseIsSealedWithIt() {
        tenant.run(() -> {
            keys.save(ServiceName.OPENAI, PLAIN);
            keys.save(ServiceName.ANTHROPIC, "another-key-altogether");
            door.sql("update public.user_data_keys set wrapped_key = '\\x0102' where user_id = :tenant").update();

            assertThatExceptionOfType(Failure.class).isThrownBy(() -> keys.save(ServiceName.OPENAI, PLAIN))
                    .matches(failure -> failure.code().equals("keys_unreadable"));
            keys.delete(ServiceName.ANTHROPIC);
            keys.save(ServiceName.OPENAI, PLAIN);

            assertThat(keys.open(ServiceName.OPENAI)).hasValueSatisfying(key -> assertThat(key.reveal()).isEqualTo(PLAIN));
        });
    }

    @Test
    void aSealedKeyMovedToAnotherServiceDoesNotOpen() {
        tenant.run(() -> {
            keys.save(ServiceName.OPENAI, PLAIN);
            keys.save(ServiceName.ANTHROPIC, "another-key-altogether");
            door.sql("""
                            update public.user_api_keys set encrypted_key = (select encrypted_key from public.user_api_keys
                              where user_id = :tenant and service_name = 'openai')
                            where user_id = :tenant and service_name = 'anthropic'
                            """)
                    .update();
            assertThatExceptionOfType(KeyUnreadable.class).isThrownBy(() -> keys.open(ServiceName.ANTHROPIC));
            assertThat(keys.find(ServiceName.ANTHROPIC)).hasValueSatisfying(key -> assertThat(key.state()).isEqualTo(ApiKey.State.UNREADABLE));
        });
    }

    @Test
    void aSealedKeyMovedToAnotherTenantDoesNotOpenEvenWithItsDataKey() throws Exception {
        byte[][] stolen = tenant.call(() -> {
            keys.save(ServiceName.OPENAI, PLAIN);
            return door.sql("""
                            select k.encrypted_key, d.wrapped_key from public.user_api_keys k
                            join public.user_data_keys d on d.user_id = k.user_id
                            where k.user_id = :tenant and d.user_id = :tenant
                            """)
                    .one(row -> new byte[][] {row.getBytes(1), row.getBytes(2)});
        });
        Tenants.aTenant(databases).run(() -> {
            keys.save(ServiceName.OPENAI, "the-thief-has-a-key-too");
            door.sql("update public.user_data_keys set wrapped_key = :key where user_id = :tenant").param("key", stolen[1]).update();
            door.sql("update public.user_api_keys set encrypted_key = :key where user_id = :tenant").param("key", stolen[0]).update();
            assertThatExceptionOfType(KeyUnreadable.class).isThrownBy(() -> keys.open(ServiceName.OPENAI));
        });
    }

    @Test
    void aReplacedKeyStartsUncheckedAndIgnoresLateResultsForTheOldOne() {
        tenant.run(() -> {
            keys.save(ServiceName.OPENAI, PLAIN);
            Secret old = keys.open(ServiceName.OPENAI).orElseThrow();
            keys.mark(old, ApiKey.State.REFUSED, "No longer accepted");
            assertThat(keys.list()).singleElement().satisfies(key -> assertThat(key.state()).isEqualTo(ApiKey.State.REFUSED));
            keys.save(ServiceName.OPENAI, "sk-the-new-one-that-is-longer-7777");
            keys.mark(old, ApiKey.State.REFUSED, "A verdict that comes late");
            assertThat(keys.list()).singleElement().satisfies(key -> {
                assertThat(key.state()).isEqualTo(ApiKey.State.UNCHECKED);
                assertThat(key.stateDetail()).isNull();
                assertThat(key.hint()).isEqualTo("…7777");
            });
        });
    }

    @Test
    void whatCannotBeAKeyIsRefused() {
        tenant.run(() -> {
            for (String wrong : List.of("", "   ", "two words", "x".repeat(5000), "schlüssel-mit-umlaut", "tab\there")) {
                assertThatExceptionOfType(Failure.class)
                        .isThrownBy(() -> keys.save(ServiceName.OPENAI, wrong))
                        .satisfies(failure -> assertThat(failure.errors()).extracting(Failure.FieldError::field).containsExactly("api_key"));
            }
            assertThat(keys.list()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"12345678, …8", "123456789012345, …5", "1234567890123456, …56", "12345678901234567890123456789012345, …2345"})
    void theHintShowsAtMostAnEighthOfAKey(String key, String hint) {
        tenant.run(() -> {
            keys.save(ServiceName.PERPLEXITY, key);
            assertThat(keys.find(ServiceName.PERPLEXITY)).hasValueSatisfying(stored -> assertThat(stored.hint()).isEqualTo(hint));
        });
    }

    @Test
    void aCheckDoesNotCountAsAUseOfTheKey() {
        tenant.run(() -> {
            keys.save(ServiceName.PERPLEXITY, PLAIN);
            checks.check(ServiceName.PERPLEXITY);
            assertThat(keys.find(ServiceName.PERPLEXITY)).hasValueSatisfying(key -> assertThat(key.lastUsedAt()).isNull());
            keys.open(ServiceName.PERPLEXITY);
            assertThat(keys.find(ServiceName.PERPLEXITY)).hasValueSatisfying(key -> assertThat(key.lastUsedAt()).isNotNull());
        });
    }

    @Test
    void aVerdictOnKeysThatWorkOnlyTogetherIsVoidOnceOneOfThemChanges() {
        tenant.run(() -> {
            keys.save(Map.of(ServiceName.TWITTER_API_KEY, "an-api-key-of-x", ServiceName.TWITTER_API_SECRET, "a-secret-of-x"));
            Secret checked = keys.open(ServiceName.TWITTER_API_KEY).orElseThrow();
            keys.mark(checked, ApiKey.State.VALID, null);
            keys.save(ServiceName.TWITTER_API_SECRET, "another-secret-of-x");
            assertThat(keys.find(ServiceName.TWITTER_API_KEY)).hasValueSatisfying(key -> assertThat(key.state()).isEqualTo(ApiKey.State.UNCHECKED));
            keys.mark(checked, ApiKey.State.VALID, null);
            assertThat(keys.find(ServiceName.TWITTER_API_KEY)).as("a verdict that comes late").hasValueSatisfying(key -> assertThat(key.state()).isEqualTo(ApiKey.State.UNCHECKED));
            assertThat(keys.open(ServiceName.TWITTER_API_KEY)).hasValueSatisfying(key -> assertThat(key.reveal()).isEqualTo("an-api-key-of-x"));
        });
    }

    @Test
    void aKeyThatCannotBeDecryptedIsMarkedByACheckAndNoFault() {
        tenant.run(() -> {
            keys.save(ServiceName.OPENAI, PLAIN);
            door.sql("update public.user_api_keys set encrypted_key = '\\x00' where user_id = :tenant").update();
            assertThat(checks.check(ServiceName.OPENAI).state()).isEqualTo(ApiKey.State.UNREADABLE);
        });
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
