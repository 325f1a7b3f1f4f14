package social.coral.egress;

import java.util.List;

/** A gate for tests of other rooms, open to the servers that the test started. */
public final class TestEgress {

    private TestEgress() {}

    public static Egress openTo(String... urls) {
        return new Egress(new Destinations(AllowedEndpoints.of(new EgressSettings(List.of(), List.of(urls))), Resolver.SYSTEM));
    }
}
