package social.coral.egress;

import java.util.List;

/** A gate for tests of other rooms, open to the servers that the test started. */
public final class TestEgress {

    private TestEgress() {}

    public static Egress openTo(String... urls) {
        return new Egress(new Destinations(AllowedEndpoints.of(new EgressSettings(List.of(), List.of(urls))), Resolver.SYSTEM));
    }

    /** A gate whose answers share this room. */
    static Egress openTo(String url, ResponseMemory room) {
        return new Egress(new Destinations(AllowedEndpoints.of(new EgressSettings(List.of(), List.of(url))), Resolver.SYSTEM), room);
    }

    /** A gate that asks a resolver of the test's own, with the operator's list of exceptions. */
    static Egress with(Resolver resolver, String... allowPrivate) {
        return new Egress(new Destinations(AllowedEndpoints.of(new EgressSettings(List.of(allowPrivate), List.of())), resolver));
    }
}
