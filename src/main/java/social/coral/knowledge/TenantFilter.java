package social.coral.knowledge;

import static io.qdrant.client.ConditionFactory.datetimeRange;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.matchKeywords;
import static io.qdrant.client.ConditionFactory.range;

import com.google.protobuf.Timestamp;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.tenancy.Tenant;

/**
 * Which points a call is about: those of one tenant, or some of them. It is made from a tenant only, conditions only narrow it, and
 * {@link QdrantPoints} makes no call without it; so no call can be about another's points, or about all.
 */
final class TenantFilter {

    private final Tenant tenant;
    private final List<Condition> conditions;

    private TenantFilter(Tenant tenant, List<Condition> conditions) {
        this.tenant = tenant;
        this.conditions = conditions;
    }

    static TenantFilter of(Tenant tenant) {
        return new TenantFilter(tenant, List.of(matchKeyword(PointField.TENANT.key(), tenant.id().toString())));
    }

    Tenant tenant() {
        return tenant;
    }

    TenantFilter generation(int generation) {
        return and(match(PointField.GENERATION.key(), generation));
    }

    TenantFilter before(int generation) {
        return and(range(PointField.GENERATION.key(), Range.newBuilder().setLt(generation).build()));
    }

    TenantFilter after(int generation) {
        return and(range(PointField.GENERATION.key(), Range.newBuilder().setGt(generation).build()));
    }

    TenantFilter items(Collection<UUID> items) {
        return and(matchKeywords(PointField.ITEM.key(), items.stream().map(UUID::toString).toList()));
    }

    /** Those whose ids begin alike. */
    TenantFilter start(long start) {
        return and(match(PointField.ITEM_START.key(), start));
    }

    TenantFilter narrowed(Narrowing to) {
        TenantFilter narrowed = this;
        if (to.kind() != null) {
            narrowed = narrowed.and(matchKeyword(PointField.KIND.key(), to.kind()));
        }
        if (to.author() != null) {
            narrowed = narrowed.and(matchKeyword(PointField.AUTHOR.key(), to.author()));
        }
        if (to.from() != null || to.to() != null) {
            DatetimeRange.Builder time = DatetimeRange.newBuilder();
            if (to.from() != null) {
                time.setGte(timestamp(to.from()));
            }
            if (to.to() != null) {
                time.setLt(timestamp(to.to()));
            }
            narrowed = narrowed.and(datetimeRange(PointField.WRITTEN_AT.key(), time.build()));
        }
        return narrowed;
    }

    /** Never without the tenant, and every condition has to hold. */
    Filter filter() {
        return Filter.newBuilder().addAllMust(conditions).build();
    }

    private TenantFilter and(Condition condition) {
        List<Condition> all = new ArrayList<>(conditions);
        all.add(condition);
        return new TenantFilter(tenant, List.copyOf(all));
    }

    private static Timestamp timestamp(Instant time) {
        Instant bounded = PointField.bounded(time);
        return Timestamp.newBuilder().setSeconds(bounded.getEpochSecond()).setNanos(bounded.getNano()).build();
    }
}
