package social.coral.vault;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Query;
import social.coral.tenancy.TenantDoor;

/** The current tenant's API keys. They are encrypted when saved, and returned only as a {@link Secret}. */
@Component
public class ApiKeys {

    /** The prefix of keys that the sandbox network issues; they work in the sandbox only. */
    public static final String SANDBOX_PREFIX = "sandbox-";
    /** The subject of the audit for a key of the sandbox. */
    public static final String SANDBOX_KEY = "sandbox_key";
    static final String SANDBOX = "sandbox";

    private static final int MAX_DETAIL_LENGTH = 500;

    private static final String SELECT = """
            select service_name, is_active, hint, issuer, state, state_detail, state_since,
              case when paused_until > now() then paused_until end as paused_until,
              case when paused_until > now() then pause_detail end as pause_detail, last_used_at, created_at
            from public.user_api_keys where user_id = :tenant
            """;

    private final TenantDoor door;
    private final DataKeys dataKeys;
    private final SealedKeys sealed;
    private final ApplicationEventPublisher events;

    ApiKeys(TenantDoor door, DataKeys dataKeys, ApplicationEventPublisher events) {
        this.events = events;
        this.door = door;
        this.dataKeys = dataKeys;
        this.sealed = new SealedKeys(door, dataKeys);
    }

    public List<ApiKey> list() {
        return query().list();
    }

    /** The same, to be asked together with other things. */
    public Query<ApiKey> query() {
        return door.sql(SELECT + "order by service_name limit 100")
                .query(ApiKeys::read);
    }

    public Optional<ApiKey> find(ServiceName service) {
        return door.sql(SELECT + "and service_name = :service")
                .param("service", service)
                .first(ApiKeys::read);
    }

    /** Encrypts and stores a key, replacing an earlier one for the same service. Invalid input is a {@link Failure} for {@code api_key}. */
    public void save(ServiceName service, @Nullable String key) {
        store(Map.of(service, EnteredKey.of("api_key", key)));
    }

    /** Does the same with several keys, all or none. Invalid input is a {@link Failure} for fields with the names of the services. */
    public void save(Map<ServiceName, String> keys) {
        Map<ServiceName, EnteredKey> entered = new EnumMap<>(ServiceName.class);
        List<Failure.FieldError> errors = new ArrayList<>();
        new EnumMap<>(keys).forEach((service, key) -> {
            try {
                entered.put(service, EnteredKey.of(service.toString(), key));
            } catch (Failure invalid) {
                errors.addAll(invalid.errors());
            }
        });
        if (!errors.isEmpty()) {
            throw Failure.invalid(errors);
        }
        store(entered);
    }

    private void store(Map<ServiceName, EnteredKey> entered) {
        door.transaction(() -> {
            try {
                door.lockTenant();
                // The data key first, then the rows: renewing the data key locks in the same order.
                DataKeys.Stored dataKey = dataKeys.getOrCreate();
                Aead aead = openOrReplace(dataKey, entered.keySet());
                for (Map.Entry<ServiceName, EnteredKey> each : entered.entrySet()) {
                    ServiceName service = each.getKey();
                    sealed.put(service, each.getValue(), dataKey.id(), aead);
                    door.audit("api_key.saved", subject(service, each.getValue().issuer(service)));
                    events.publishEvent(new CallsResumed(service));
                }
                resetOthers(entered.keySet());
            } catch (GeneralSecurityException e) {
                throw new KeyUnreadable(entered.keySet().iterator().next(), e);
            }
        });
    }

    /** Opens the data key. Replaces one that cannot be opened, but only when no other key depends on it. */
    private Aead openOrReplace(DataKeys.Stored dataKey, Set<ServiceName> entered) throws GeneralSecurityException {
        try {
            return dataKeys.open(dataKey);
        } catch (GeneralSecurityException e) {
            if (list().stream().anyMatch(key -> !entered.contains(key.serviceName()))) {
                throw Failure.conflict("keys_unreadable", "Your stored keys can no longer be decrypted. Ask your administrator to restore the master key"
                        + " they were encrypted under. Or remove the other keys, save this one, and enter the others again.");
            }
            return dataKeys.replace(dataKey);
        }
    }

    private static Set<ServiceName> groups(Set<ServiceName> services) {
        return services.stream().flatMap(service -> service.group().stream()).collect(Collectors.toSet());
    }

    /** Voids the verdict on the keys that were checked together with those that changed, and one that is still to come. */
    private void resetOthers(Set<ServiceName> changed) {
        Set<ServiceName> others = groups(changed);
        others.removeAll(changed);
        if (!others.isEmpty()) {
            door.sql("""
                            update public.user_api_keys
                            set version = version + 1, state = 'unchecked', state_detail = null, state_since = now(),
                              paused_until = null, pauses = 0, pause_detail = null
                            where user_id = :tenant and service_name = any(:others) and state <> 'unreadable'
                            """)
                    .param("others", names(others))
                    .update();
        }
    }

    private static String[] names(Set<ServiceName> services) {
        return services.stream().map(ServiceName::toString).toArray(String[]::new);
    }

    public void delete(ServiceName service) {
        delete(Set.of(service));
    }

    /** Deletes keys. 404 when there is none of them. */
    public void delete(Set<ServiceName> services) {
        door.transaction(() -> {
            door.lockTenant();
            List<String> deleted = door.sql("""
                            delete from public.user_api_keys where user_id = :tenant and service_name = any(:services)
                            returning service_name, issuer
                            """)
                    .param("services", names(services))
                    .list(row -> subject(ServiceName.named(row.getString("service_name")).orElseThrow(), row.getString("issuer")));
            if (deleted.isEmpty()) {
                throw Failure.notFound();
            }
            deleted.forEach(subject -> door.audit("api_key.deleted", subject));
            resetOthers(services);
        });
    }

    /** Names a key in the audit, where the sandbox's is not one of the service. */
    static String subject(ServiceName service, String issuer) {
        return issuer.equals(SANDBOX) ? SANDBOX_KEY : service.toString();
    }

    /** Returns the plain key for a call to its service, if the tenant has one. Throws {@link KeyUnreadable}. */
    public Optional<Secret> open(ServiceName service) {
        Optional<SealedKeys.Sealed> taken = door.transaction(() -> {
            Optional<SealedKeys.Sealed> stored = sealed.of(service);
            stored.ifPresent(key -> {
                touch(key.id());
                door.audit("api_key.opened", subject(service, key.issuer()));
            });
            return stored;
        });
        return taken.map(key -> decrypt(service, key));
    }

    /** Returns the key as it is stored, if the tenant has one. */
    Optional<SealedKeys.Sealed> sealed(ServiceName service) {
        return sealed.of(service);
    }

    /** Decrypts a key. Marks one that cannot be decrypted, and throws {@link KeyUnreadable}. */
    Secret decrypt(ServiceName service, SealedKeys.Sealed key) {
        try {
            return sealed.decrypt(service, key);
        } catch (KeyUnreadable unreadable) {
            mark(key.id(), key.version(), ApiKey.State.UNREADABLE, "The master key it was encrypted under is missing.");
            throw unreadable;
        }
    }

    /** Stores the state that a call with the key revealed, unless the key has been replaced since. */
    public void mark(Secret key, ApiKey.State state, @Nullable String detail) {
        mark(key.id(), key.version(), state, detail);
    }

    /** Records that the service accepted a key that was not known to work, or whose calls were paused. */
    public void accepted(Secret key) {
        door.sql("""
                        update public.user_api_keys
                        set state = 'valid', state_detail = null, state_since = case when state = 'valid' then state_since else clock.moment end,
                          paused_until = null, pauses = 0, pause_detail = null
                        from (select now() as moment) as clock
                        where user_id = :tenant and id = :id and version = :version and (state <> 'valid' or pauses > 0)
                        """)
                .param("id", key.id())
                .param("version", key.version())
                .update();
    }

    /** A pause of the calls with a key; the first of several in a row is news. */
    public record Pause(Instant until, boolean isFirst) {}

    /** Pauses the calls with the key, each time in a row for longer. Empty if the key has been replaced since. */
    public Optional<Pause> pause(Secret key, String detail) {
        return door.sql("""
                        update public.user_api_keys set pause_detail = :detail, pauses = least(pauses + 1, 100),
                          paused_until = clock.moment + least(interval '15 minutes' * power(2, least(pauses, 10)), interval '1 day')
                            + interval '1 minute' * clock.jitter
                        from (select now() as moment, random() as jitter) as clock
                        where user_id = :tenant and id = :id and version = :version
                        returning paused_until, pauses
                        """)
                .param("id", key.id())
                .param("version", key.version())
                .param("detail", StorableText.truncate(detail, MAX_DETAIL_LENGTH))
                .first(row -> new Pause(Columns.instant(row, "paused_until"), row.getInt("pauses") == 1));
    }

    /** Lets calls be made again at once. If the plan still does not cover them, the next pause is longer all the same. */
    public void resume() {
        door.sql("update public.user_api_keys set paused_until = null where user_id = :tenant and paused_until is not null").update();
    }

    void resume(Secret key) {
        door.sql("update public.user_api_keys set paused_until = null where user_id = :tenant and id = :id").param("id", key.id()).update();
    }

    private void mark(UUID id, int version, ApiKey.State state, @Nullable String detail) {
        door.sql("""
                        update public.user_api_keys
                        set state = :state, state_detail = :detail, state_since = now()
                        where user_id = :tenant and id = :id and version = :version
                        """)
                .param("id", id)
                .param("version", version)
                .param("state", state)
                .param("detail", StorableText.truncateNullable(detail, MAX_DETAIL_LENGTH))
                .update();
    }

    private void touch(UUID id) {
        door.sql("update public.user_api_keys set last_used_at = now() where user_id = :tenant and id = :id")
                .param("id", id)
                .update();
    }

    private static ApiKey read(ResultSet row) throws SQLException {
        String which = "the key of " + row.getString("service_name");
        return new ApiKey(
                Columns.word(row, which, "service_name", name -> ServiceName.named(name).orElseThrow()),
                row.getBoolean("is_active"),
                row.getString("hint"),
                row.getString("issuer").equals(SANDBOX),
                Columns.word(row, which, "state", Columns.constant(ApiKey.State.class)),
                row.getString("state_detail"),
                Columns.instant(row, "state_since"),
                Columns.optionalInstant(row, "paused_until"),
                row.getString("pause_detail"),
                Columns.optionalInstant(row, "last_used_at"),
                Columns.instant(row, "created_at"));
    }
}
