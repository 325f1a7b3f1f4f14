package social.coral.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import social.coral.api.ClientConnection;
import social.coral.api.CurrentClient;
import social.coral.identity.Client;
import social.coral.identity.SignedInPerson;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantShares;

/**
 * A request body that is being received. Its buffer grows with what has arrived. A long body takes memory from its network's and the
 * total share ({@link BodyMemory}), at once or not at all, and a tenant's long bodies wait for one another. Short ones are bounded by the
 * number of connections.
 */
final class IncomingBody implements AutoCloseable {

    private static final int SHORT_BYTES = 16 << 10;
    private static final int BLOCK_BYTES = 64 << 10;
    private static final TenantShares OF_TENANTS = new TenantShares((4 << 20) / BLOCK_BYTES, Integer.MAX_VALUE);
    private static final BodyMemory MEMORY = new BodyMemory((16 << 20) / BLOCK_BYTES, (48 << 20) / BLOCK_BYTES, (1 << 20) / BLOCK_BYTES);

    private static final int MIN_BYTES_PER_SECOND = 16 << 10;
    private static final Duration FIRST_SECONDS = Duration.ofSeconds(5);
    private static final Duration TIME_BEFORE_SIGN_IN = Duration.ofSeconds(10);
    private static final Duration TIME = Duration.ofSeconds(30);
    /** Leaves time for the response that says so to a client that sends byte by byte. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final InputStream source;
    private final long announced;
    private final int max;
    private final @Nullable Tenant tenant;
    private final String network;
    private final LongSupplier nanoTime;
    private final long begun;
    private final Duration time;
    private byte[] bytes = new byte[1 << 10];
    private int length;
    private boolean whole;
    private TenantShares.@Nullable Place place;
    private int blocks;

    IncomingBody(HttpServletRequest request, int max, @Nullable SignedInPerson person) throws IOException {
        this(request, max, person, System::nanoTime);
    }

    IncomingBody(HttpServletRequest request, int max, @Nullable SignedInPerson person, LongSupplier nanoTime) throws IOException {
        this.source = request.getInputStream();
        this.announced = request.getContentLengthLong();
        this.max = max;
        this.tenant = person == null ? null : person.tenant();
        this.network = Client.of(request).network();
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.time = person == null ? TIME_BEFORE_SIGN_IN : TIME;
    }

    /** Reads what has arrived without blocking and reports whether that was all. A chunked body is waited for. */
    boolean takeWhatHasArrived() throws IOException {
        if (announced < 0) {
            return false;
        }
        while (!whole && (length == announced || hasArrived())) {
            readSome();
        }
        return whole;
    }

    /** Tomcat may look at the connection only when everything before has been read, because it would overwrite it. */
    private boolean hasArrived() throws IOException {
        return source.available() > 0 || CurrentClient.connection().hasArrived();
    }

    /** Waits for the rest and returns the body. */
    byte[] take() throws IOException {
        try (ClientConnection.Wait wait = CurrentClient.connection().waitAtMost(time.plus(MOMENT))) {
            while (!whole) {
                if (isTooSlow()) {
                    throw new SocketTimeoutException("a body came too slowly");
                }
                readSome();
            }
        }
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** A body that holds memory has to arrive at a minimum rate as well. */
    private boolean isTooSlow() {
        Duration since = Duration.ofNanos(nanoTime.getAsLong() - begun);
        return since.compareTo(time) > 0
                || blocks > 0 && since.compareTo(FIRST_SECONDS.plusSeconds(length / MIN_BYTES_PER_SECOND)) > 0;
    }

    private void readSome() throws IOException {
        if (length == bytes.length) {
            int longer = Math.min(2 * length, max + 1);
            if (tenant != null && longer > SHORT_BYTES) {
                takePlace(tenant, Math.ceilDiv(longer, BLOCK_BYTES) - blocks);
            }
            bytes = Arrays.copyOf(bytes, longer);
        }
        int count = source.read(bytes, length, bytes.length - length);
        length += Math.max(count, 0);
        whole = count < 0;
        if (length > max) {
            throw RequestBodies.tooLarge(max);
        }
    }

    private void takePlace(Tenant tenant, int more) {
        if (place == null) {
            place = OF_TENANTS.take(tenant, Math.ceilDiv(announced < 0 ? max : (int) announced, BLOCK_BYTES));
        }
        MEMORY.take(network, more);
        blocks += more;
    }

    @Override
    public void close() {
        MEMORY.giveBack(network, blocks);
        if (place != null) {
            place.close();
        }
    }
}
