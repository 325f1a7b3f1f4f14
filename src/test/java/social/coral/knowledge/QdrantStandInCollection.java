package social.coral.knowledge;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A collection of the stand-in: its points by their ids, its indexes, and what its filters let through. */
final class QdrantStandInCollection {

    private static final String TENANT = "user_id";

    volatile CollectionConfig config;
    final Map<String, PayloadSchemaInfo> indexes = new ConcurrentHashMap<>();
    final TreeMap<String, PointStruct> points = new TreeMap<>();

    QdrantStandInCollection(CollectionConfig config) {
        this.config = config;
    }

    /** The points that a filter lets through, in the order of their ids. */
    List<PointStruct> matching(Filter filter) {
        requireOneTenant(filter);
        filter.getMustList().forEach(this::requireIndex);
        return points.values().stream().filter(point -> lets(filter, point)).toList();
    }

    boolean lets(Filter filter, PointStruct point) {
        return filter.getMustList().stream().allMatch(condition -> holds(condition.getField(), point.getPayloadMap()));
    }

    void requireOneTenant(Filter filter) {
        if (filter.getShouldCount() > 0 || filter.getMustNotCount() > 0 || filter.hasMinShould()) {
            throw refused("Only must is expected of this product");
        }
        List<FieldCondition> tenants = filter.getMustList().stream().map(Condition::getField).filter(field -> field.getKey().equals(TENANT)).toList();
        if (tenants.size() != 1 || !tenants.getFirst().getMatch().hasKeyword()) {
            throw refused("A call on points without its tenant");
        }
        UUID.fromString(tenants.getFirst().getMatch().getKeyword());
    }

    private void requireIndex(Condition condition) {
        if (!condition.hasField()) {
            throw refused("Only conditions on fields are expected of this product");
        }
        FieldCondition field = condition.getField();
        PayloadSchemaInfo index = indexes.get(field.getKey());
        if (index == null || !serves(index.getDataType(), field)) {
            throw refused("Bad request: Index required but not found for \"" + field.getKey() + "\" of one of the following types");
        }
    }

    private static boolean serves(PayloadSchemaType type, FieldCondition field) {
        return switch (type) {
            case Uuid, Keyword -> field.getMatch().hasKeyword() || field.getMatch().hasKeywords();
            case Integer -> field.getMatch().hasInteger() || field.hasRange();
            case Datetime -> field.hasDatetimeRange();
            default -> false;
        };
    }

    private static boolean holds(FieldCondition field, Map<String, Value> payload) {
        Value value = payload.get(field.getKey());
        if (value == null) {
            return false;
        }
        if (field.hasRange()) {
            Range range = field.getRange();
            double number = value.getIntegerValue();
            return (!range.hasLt() || number < range.getLt()) && (!range.hasGte() || number >= range.getGte())
                    && (!range.hasGt() || number > range.getGt()) && (!range.hasLte() || number <= range.getLte());
        }
        if (field.hasDatetimeRange()) {
            DatetimeRange range = field.getDatetimeRange();
            Instant time = Instant.parse(value.getStringValue());
            return (!range.hasGte() || !time.isBefore(Instant.ofEpochSecond(range.getGte().getSeconds(), range.getGte().getNanos())))
                    && (!range.hasLt() || time.isBefore(Instant.ofEpochSecond(range.getLt().getSeconds(), range.getLt().getNanos())))
                    && !range.hasGt() && !range.hasLte();
        }
        Match match = field.getMatch();
        return switch (match.getMatchValueCase()) {
            case KEYWORD -> value.getStringValue().equals(match.getKeyword());
            case KEYWORDS -> match.getKeywords().getStringsList().contains(value.getStringValue());
            case INTEGER -> value.hasIntegerValue() && value.getIntegerValue() == match.getInteger();
            default -> throw refused("This kind of match is not expected of this product");
        };
    }

    static StatusRuntimeException refused(String why) {
        return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
    }
}
