package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The master key from {@code ENCRYPTION_KEY}, which only the operator can change. */
record EnvironmentKey(byte[] key) implements KeySource {

    static EnvironmentKey of(String value) {
        return new EnvironmentKey(KeyStrength.requireStrong("ENCRYPTION_KEY", value).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<byte[]> read() {
        return List.of(key);
    }

    @Override
    public void add() {
        throw new StartFault("The master key comes from ENCRYPTION_KEY, which only you can change. Create a new one with openssl rand -hex 32. Restart the"
                    + " processes one after another with the new key in ENCRYPTION_KEY and the present one in ENCRYPTION_KEYS_OLD. Run ./coral keys rotate"
                    + " with the same settings. Then remove ENCRYPTION_KEYS_OLD.");
    }

    @Override
    public void keepOnly(List<String> ids) {
        throw new StartFault("The master keys come from the environment. Remove the earlier ones from ENCRYPTION_KEYS_OLD.");
    }

    @Override
    public String location() {
        return "ENCRYPTION_KEY";
    }
}
