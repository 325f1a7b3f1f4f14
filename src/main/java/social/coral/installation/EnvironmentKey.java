package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code ENCRYPTION_KEY}: the operator keeps the key, and nobody else can change it. */
record EnvironmentKey(byte[] key) implements KeySource {

    static EnvironmentKey of(String value) {
        return new EnvironmentKey(KeyStrength.accepted("ENCRYPTION_KEY", value).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<byte[]> read() {
        return List.of(key);
    }

    @Override
    public void add() {
        throw new StartFault("the master key comes from ENCRYPTION_KEY, which only you can change. Make a new one (openssl rand -hex 32); start every"
                + " process with ENCRYPTION_KEY=the new one and ENCRYPTION_KEYS_OLD=the present one, one after another; run ./coral keys rotate with"
                + " the same two; then leave ENCRYPTION_KEYS_OLD out again");
    }

    @Override
    public void keepOnly(List<String> ids) {
        throw new StartFault("the master keys come from the environment; take the earlier ones out of ENCRYPTION_KEYS_OLD there");
    }

    @Override
    public String place() {
        return "ENCRYPTION_KEY";
    }
}
