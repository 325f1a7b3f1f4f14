package social.coral.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import social.coral.identity.SignedInPerson;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantShares;

/**
 * A body on its way in. The room for it grows with what has come, and what is long has its place among all that are held: a few
 * megabytes for each tenant, some dozens for all. What is short is bounded by the number of connections.
 */
final class ArrivingBody implements AutoCloseable {

    private static final int SHORT_BYTES = 16 << 10;
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int BLOCKS_OF_A_TENANT = (4 << 20) / BLOCK_BYTES;
    private static final int BLOCKS_AT_ONCE = (48 << 20) / BLOCK_BYTES;
    private static final TenantShares HELD = new TenantShares(BLOCKS_OF_A_TENANT, BLOCKS_AT_ONCE);

    private static final Duration TIME_OF_A_STRANGER = Duration.ofSeconds(10);
    private static final Duration TIME = Duration.ofSeconds(30);

    private final HttpServletRequest request;
    private final InputStream source;
    private final long announced;
    private final int most;
    private final @Nullable Tenant tenant;
    private final long end;
    private byte[] bytes = new byte[1 << 10];
    private int length;
    private boolean whole;
    private TenantShares.@Nullable Place place;

    ArrivingBody(HttpServletRequest request, int most, @Nullable SignedInPerson person) throws IOException {
        this.request = request;
        this.source = request.getInputStream();
        this.announced = request.getContentLengthLong();
        this.most = most;
        this.tenant = person == null ? null : person.tenant();
        this.end = System.nanoTime() + (person == null ? TIME_OF_A_STRANGER : TIME).toNanos();
    }

    /** Takes what is here already, without waiting for more; whether that was all. Pieces of unknown number are waited for. */
    boolean takeWhatIsHere() throws IOException {
        if (announced < 0) {
            return false;
        }
        while (!whole && (length == announced || isSomeHere())) {
            readSome();
        }
        return whole;
    }

    /** Tomcat may look at the connection only when all is read that came before, because it would write over that. */
    private boolean isSomeHere() throws IOException {
        return source.available() > 0 || Connections.hasMore(request);
    }

    /** The body, when the rest has come. */
    byte[] take() throws IOException {
        while (!whole) {
            if (System.nanoTime() - end > 0) {
                throw new SocketTimeoutException("a body came too slowly");
            }
            readSome();
        }
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void readSome() throws IOException {
        if (length == bytes.length) {
            takePlace();
            bytes = Arrays.copyOf(bytes, Math.min(2 * length, most + 1));
        }
        int count = source.read(bytes, length, bytes.length - length);
        length += Math.max(count, 0);
        whole = count < 0;
        if (length > most) {
            throw Bodies.tooLarge(most);
        }
    }

    private void takePlace() {
        if (tenant != null && place == null && length >= SHORT_BYTES) {
            place = HELD.take(tenant, Math.ceilDiv(announced < 0 ? most : (int) announced, BLOCK_BYTES));
        }
    }

    @Override
    public void close() {
        if (place != null) {
            place.close();
        }
    }
}
