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
 * A body on its way in. The room for it grows with what has come, and what is long has its place among all that are held: a tenant's
 * long bodies wait for one another, while of what there is for all each takes what it fills, at once or not at all. What is short is
 * bounded by the number of connections.
 */
final class IncomingBody implements AutoCloseable {

    private static final int SHORT_BYTES = 16 << 10;
    private static final int BLOCK_BYTES = 64 << 10;
    private static final TenantShares OF_TENANTS = new TenantShares((4 << 20) / BLOCK_BYTES, Integer.MAX_VALUE);
    private static final BodyMemory ROOM = new BodyMemory((16 << 20) / BLOCK_BYTES, (48 << 20) / BLOCK_BYTES, (1 << 20) / BLOCK_BYTES);

    private static final int LEAST_BYTES_A_SECOND = 16 << 10;
    private static final Duration FIRST_SECONDS = Duration.ofSeconds(5);
    private static final Duration TIME_OF_A_STRANGER = Duration.ofSeconds(10);
    private static final Duration TIME = Duration.ofSeconds(30);
    /** In which somebody slow, whose bytes come one by one, is told so. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final HttpServletRequest request;
    private final InputStream source;
    private final long announced;
    private final int most;
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

    IncomingBody(HttpServletRequest request, int most, @Nullable SignedInPerson person) throws IOException {
        this(request, most, person, System::nanoTime);
    }

    IncomingBody(HttpServletRequest request, int most, @Nullable SignedInPerson person, LongSupplier nanoTime) throws IOException {
        this.request = request;
        this.source = request.getInputStream();
        this.announced = request.getContentLengthLong();
        this.most = most;
        this.tenant = person == null ? null : person.tenant();
        this.network = Client.of(request).network();
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.time = person == null ? TIME_OF_A_STRANGER : TIME;
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
        return source.available() > 0 || ConnectionLimits.hasMore(request);
    }

    /** The body, when the rest has come. */
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

    /** What holds a place has to come at a pace as well. */
    private boolean isTooSlow() {
        Duration since = Duration.ofNanos(nanoTime.getAsLong() - begun);
        return since.compareTo(time) > 0
                || blocks > 0 && since.compareTo(FIRST_SECONDS.plusSeconds(length / LEAST_BYTES_A_SECOND)) > 0;
    }

    private void readSome() throws IOException {
        if (length == bytes.length) {
            int longer = Math.min(2 * length, most + 1);
            if (tenant != null && longer > SHORT_BYTES) {
                takePlace(tenant, Math.ceilDiv(longer, BLOCK_BYTES) - blocks);
            }
            bytes = Arrays.copyOf(bytes, longer);
        }
        int count = source.read(bytes, length, bytes.length - length);
        length += Math.max(count, 0);
        whole = count < 0;
        if (length > most) {
            throw RequestBodies.tooLarge(most);
        }
    }

    private void takePlace(Tenant tenant, int more) {
        if (place == null) {
            place = OF_TENANTS.take(tenant, Math.ceilDiv(announced < 0 ? most : (int) announced, BLOCK_BYTES));
        }
        ROOM.take(network, more);
        blocks += more;
    }

    @Override
    public void close() {
        ROOM.giveBack(network, blocks);
        if (place != null) {
            place.close();
        }
    }
}
