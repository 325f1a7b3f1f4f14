package social.coral.egress;

import java.net.InetAddress;
import java.util.List;

/** Where a call goes: a host as written, a port, and the addresses that passed the check. */
record Destination(String host, int port, List<InetAddress> addresses) {}
