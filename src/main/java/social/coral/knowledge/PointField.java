package social.coral.knowledge;

import io.qdrant.client.grpc.Collections.DatetimeIndexParams;
import io.qdrant.client.grpc.Collections.IntegerIndexParams;
import io.qdrant.client.grpc.Collections.KeywordIndexParams;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.UuidIndexParams;
import io.qdrant.client.grpc.Points.FieldType;
import java.time.Instant;

/** What is stored beside a vector. All of it is filtered by, so each has an index; only the tenant's builds links between vectors. */
enum PointField {
    TENANT("user_id", FieldType.FieldTypeUuid, PayloadSchemaType.Uuid, uuids(true)),
    ITEM("item_id", FieldType.FieldTypeUuid, PayloadSchemaType.Uuid, uuids(false)),
    /** The first bits of the item's id as a number, because ids have no order in the server. */
    ITEM_START("item_start", FieldType.FieldTypeInteger, PayloadSchemaType.Integer, integers()),
    GENERATION("generation", FieldType.FieldTypeInteger, PayloadSchemaType.Integer, integers()),
    KIND("kind", FieldType.FieldTypeKeyword, PayloadSchemaType.Keyword, keywords()),
    AUTHOR("author", FieldType.FieldTypeKeyword, PayloadSchemaType.Keyword, keywords()),
    WRITTEN_AT("written_at", FieldType.FieldTypeDatetime, PayloadSchemaType.Datetime, times());

    // The times that the protocol has.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final String key;
    private final FieldType type;
    private final PayloadSchemaType schema;
    private final PayloadIndexParams index;

    PointField(String key, FieldType type, PayloadSchemaType schema, PayloadIndexParams index) {
        this.key = key;
        this.type = type;
        this.schema = schema;
        this.index = index;
    }

    String key() {
        return key;
    }

    FieldType type() {
        return type;
    }

    PayloadIndexParams index() {
        return index;
    }

    /** Reports whether an index of the server is this field's. */
    boolean isIndexedBy(PayloadSchemaInfo found) {
        return found.getDataType() == schema && (this != TENANT || found.getParams().getUuidIndexParams().getIsTenant());
    }

    static Instant bounded(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    private static PayloadIndexParams uuids(boolean tenant) {
        return PayloadIndexParams.newBuilder().setUuidIndexParams(UuidIndexParams.newBuilder().setIsTenant(tenant).setEnableHnsw(tenant)).build();
    }

    private static PayloadIndexParams integers() {
        return PayloadIndexParams.newBuilder()
                .setIntegerIndexParams(IntegerIndexParams.newBuilder().setLookup(true).setRange(true).setEnableHnsw(false))
                .build();
    }

    private static PayloadIndexParams keywords() {
        return PayloadIndexParams.newBuilder().setKeywordIndexParams(KeywordIndexParams.newBuilder().setEnableHnsw(false)).build();
    }

    private static PayloadIndexParams times() {
        return PayloadIndexParams.newBuilder().setDatetimeIndexParams(DatetimeIndexParams.newBuilder().setEnableHnsw(false)).build();
    }
}
