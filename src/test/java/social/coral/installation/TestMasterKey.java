package social.coral.installation;

import org.jspecify.annotations.Nullable;

/** Master keys that a test makes up. */
public final class TestMasterKey {

    private TestMasterKey() {}

    /** The keys that the texts stand for, as they are. */
    public static MasterKey of(String current, @Nullable String earlier) {
        return MasterKey.of(current, earlier);
    }
}
