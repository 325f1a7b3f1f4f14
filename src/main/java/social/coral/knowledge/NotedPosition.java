package social.coral.knowledge;

import java.util.Optional;
import java.util.UUID;
import social.coral.tenancy.Tenant;

/**
 * The position of an index that this process alone has, noted in it.
 *
 * @param kind of the changes that it follows
 */
record NotedPosition(TenantIndexes indexes, Tenant tenant, String kind) implements Position {

    private static final String BUILD = "build";

    @Override
    public long get() {
        return indexes.use(tenant, index -> index.noted(kind)).map(Long::parseLong).orElse(0L);
    }

    @Override
    public void moveTo(long change) {
        note(kind, Long.toString(change));
    }

    @Override
    public Optional<UUID> build() {
        return indexes.use(tenant, index -> index.noted(BUILD)).map(UUID::fromString);
    }

    @Override
    public void begin(UUID build) {
        note(BUILD, build.toString());
    }

    private void note(String name, String said) {
        indexes.use(tenant, index -> {
            index.note(name, said);
            return true;
        });
    }
}
