package social.coral.egress;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;
import social.coral.egress.EgressFault.Kind;

/** Describes a failed call in words. */
final class Faults {

    private Faults() {}

    static EgressFault timedOut(Purpose purpose, String host) {
        return new EgressFault(Kind.TIMED_OUT,
                "The host " + host + " did not answer within " + purpose.timeout().toSeconds() + " seconds.", null);
    }

    /** @param hasWaited whether the service had to wait for this process, which then explains why it broke off */
    static EgressFault of(Purpose purpose, String host, IOException failure, boolean hasWaited) {
        return switch (failure) {
            case ResponseMemory.NoRoom e -> noRoom(host);
            case BoundedStream.TooLarge e -> new EgressFault(Kind.TOO_LARGE, "The host " + host + " answered with more than "
                    + purpose.maxBytes() / 1024 + " KB, so the answer was dropped.", null);
            case MessageConstraintException e -> new EgressFault(Kind.TOO_LARGE, "The host " + host + " answered with more or longer headers than"
                    + " an answer has, so it was dropped.", null);
            case ZipException e -> unreadable(host);
            case Wire.Unreadable e -> unreadable(host);
            case UnknownHostException e -> new EgressFault(Kind.UNREACHABLE,
                    "The host " + host + " has no address; check its spelling and this machine's DNS.", e);
            case ConnectException e -> noConnection(host, e);
            case ConnectTimeoutException e -> noConnection(host, e);
            case NoRouteToHostException e -> noConnection(host, e);
            case ConnectionRequestTimeoutException e -> new EgressFault(Kind.UNREACHABLE,
                    "Too many calls to " + host + " are under way; this one was not made.", e);
            case SSLHandshakeException e -> unproved(host, e);
            case SSLPeerUnverifiedException e -> unproved(host, e);
            case SocketTimeoutException e -> timedOut(purpose, host);
            case Wire.Silent e -> new EgressFault(Kind.TIMED_OUT, "The host " + host + " stopped in the middle of its answer (" + e.getMessage() + ").", null);
            default -> hasWaited ? noRoom(host) : new EgressFault(Kind.RESET, "The connection to " + host + " broke before the answer was complete.", failure);
        };
    }

    private static EgressFault unreadable(String host) {
        return new EgressFault(Kind.UNREADABLE, "The host " + host + " sent an answer that cannot be unpacked or is not UTF-8, so it was dropped.", null);
    }

    private static EgressFault noRoom(String host) {
        return new EgressFault(Kind.NO_ROOM, "An answer of " + host + " was dropped, because the answers on their way took all the room"
                + " that they may take; if this keeps happening, give Java more memory or the runs more time between them.", null);
    }

    private static EgressFault noConnection(String host, IOException cause) {
        return new EgressFault(Kind.UNREACHABLE,
                "The host " + host + " accepts no connection; it may be down, or a firewall is in the way.", cause);
    }

    private static EgressFault unproved(String host, IOException cause) {
        return new EgressFault(Kind.UNREACHABLE, "The host " + host + " could not prove who it is (TLS); check this machine's"
                + " clock and its certificates.", cause);
    }
}
