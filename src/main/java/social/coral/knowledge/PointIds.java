package social.coral.knowledge;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import social.coral.tenancy.Tenant;

/** The ids of points: names (UUID version 5) of tenant, item and generation, so that nobody can write over another's point. */
final class PointIds {

    private static final UUID NAMESPACE = UUID.fromString("7c0e6a52-6a0b-4b7e-9c1d-3f6d0f4c2b11");
    private static final int BYTES = 3 * 2 * Long.BYTES + Integer.BYTES;

    private PointIds() {}

    static UUID of(Tenant tenant, UUID item, int generation) {
        ByteBuffer name = ByteBuffer.allocate(BYTES);
        for (UUID part : new UUID[] {NAMESPACE, tenant.id(), item}) {
            name.putLong(part.getMostSignificantBits()).putLong(part.getLeastSignificantBits());
        }
        ByteBuffer hash = ByteBuffer.wrap(sha1(name.putInt(generation).array()));
        return new UUID(hash.getLong() & ~0xF000L | 0x5000L, hash.getLong() & ~(0b11L << 62) | 0b10L << 62);
    }

    // What version 5 is made with; its inputs are no secrets.
    private static byte[] sha1(byte[] name) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
