package social.coral.vault;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.TenantDoor;

/** Checks the current tenant's keys with their services. Keys that work only together are checked together. */
@Component
public class KeyChecks {

    /** The code of the failure when some keys of a group are missing. */
    public static final String INCOMPLETE = "incomplete_keys";

    private final TenantDoor door;
    private final ApiKeys keys;
    private final List<KeyCheck> checks;
    private final ApplicationEventPublisher events;

    KeyChecks(TenantDoor door, ApiKeys keys, List<KeyCheck> checks, ApplicationEventPublisher events) {
        this.door = door;
        this.keys = keys;
        this.checks = checks;
        this.events = events;
    }

    /** Reports whether {@link #check} supports this service. */
    public boolean supports(ServiceName service) {
        return checkOf(service).isPresent();
    }

    /**
     * Asks the service whether it accepts the key with the others of its group, if that is free, and stores the result for all of
     * them. Does not count as a use of the keys. 409 while some of the group are missing. One that cannot be decrypted is marked so,
     * and the service is not asked.
     */
    public ApiKey check(ServiceName service) {
        Map<ServiceName, Secret> opened = new EnumMap<>(ServiceName.class);
        try {
            stored(service).forEach((each, sealed) -> opened.put(each, keys.decrypt(each, sealed)));
            checkOf(service).map(check -> check.check(opened)).ifPresent(verdict -> mark(opened, verdict));
        } catch (KeyUnreadable alreadyMarked) {
            opened.clear();
        }
        return keys.find(service).orElseThrow(Failure::notFound);
    }

    private Map<ServiceName, SealedKeys.Sealed> stored(ServiceName service) {
        return door.transaction(() -> {
            Map<ServiceName, SealedKeys.Sealed> stored = new EnumMap<>(ServiceName.class);
            service.group().forEach(each -> keys.sealed(each).ifPresent(sealed -> stored.put(each, sealed)));
            List<ServiceName> missing = service.group().stream().filter(each -> !stored.containsKey(each)).toList();
            if (stored.isEmpty()) {
                throw Failure.notFound();
            }
            if (!missing.isEmpty()) {
                throw Failure.conflict(INCOMPLETE, service.groupTitle() + " work only together. " + ServiceName.missing(missing)).with("missing", missing);
            }
            stored.forEach((each, sealed) -> door.audit("api_key.checked", ApiKeys.subject(each, sealed.issuer())));
            return stored;
        });
    }

    private void mark(Map<ServiceName, Secret> checked, KeyCheck.Verdict verdict) {
        door.transaction(() -> {
            door.lockTenant();
            checked.forEach((service, key) -> {
                keys.mark(key, verdict.state(), verdict.detail());
                if (verdict.state() == ApiKey.State.VALID) {
                    keys.resume(key);
                    events.publishEvent(new CallsResumed(service));
                }
            });
        });
    }

    private Optional<KeyCheck> checkOf(ServiceName service) {
        return checks.stream().filter(check -> check.services().contains(service)).findFirst();
    }
}
