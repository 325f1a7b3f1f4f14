package social.coral.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.installation.MasterKey;
import social.coral.installation.SealingKey;
import social.coral.installation.StartFault;

/**
 * The keys that sign access tokens. They are stored in the database, so that all processes share them. The private half is sealed
 * under the master key, bound to the key's id.
 */
@Component
class SigningKeys {

    private static final Duration MAX_AGE = Duration.ofMinutes(1);
    private static final Duration MAX_AGE_FOR_UNKNOWN_ID = Duration.ofSeconds(5);

    private static final String PURPOSE = "identity/signing-keys";

    private record Loaded(List<ECKey> publicKeys, ECKey signing, Instant at) {

        @Override
        public String toString() {
            return "Loaded[" + signing.getKeyID() + "]";
        }
    }

    private record Row(String kid, String publicJwk, byte[] sealed, boolean retired) {}

    private final AuthDatabase database;
    private final MasterKey masterKey;
    private volatile Loaded loaded;

    SigningKeys(AuthDatabase database, MasterKey masterKey) {
        this.database = database;
        this.masterKey = masterKey;
        this.loaded = load();
    }

    /** Returns the signing key, with its private half. */
    ECKey signing() {
        return notOlderThan(MAX_AGE).signing();
    }

    /** Returns the public keys of all tokens that may still be valid. */
    List<ECKey> publicKeys() {
        return notOlderThan(MAX_AGE).publicKeys();
    }

    /** Returns the public key with this id. Reloads the keys for an unknown id, because another process may have created it. */
    Optional<ECKey> find(String kid) {
        Optional<ECKey> known = in(notOlderThan(MAX_AGE), kid);
        return known.isPresent() ? known : in(notOlderThan(MAX_AGE_FOR_UNKNOWN_ID), kid);
    }

    /** Returns the keys, reloaded if they are older than this: another process may have created or retired one. */
    private Loaded notOlderThan(Duration age) {
        Loaded present = loaded;
        if (present.at().plus(age).isBefore(Instant.now())) {
            present = load();
            loaded = present;
        }
        return present;
    }

    private static Optional<ECKey> in(Loaded keys, String kid) {
        return keys.publicKeys().stream().filter(key -> key.getKeyID().equals(kid)).findFirst();
    }

    private Loaded load() {
        followMasterKey();
        List<Row> rows = rows();
        if (rows.stream().allMatch(Row::retired)) {
            rows = database.transaction(this::createIfAbsent);
        }
        Row newest = rows.stream().filter(row -> !row.retired()).findFirst().orElseThrow();
        List<ECKey> publicKeys = new ArrayList<>();
        rows.forEach(row -> publicKeys.add(parse(row.publicJwk())));
        return new Loaded(List.copyOf(publicKeys), open(newest), Instant.now());
    }

    /** Switches to the master key that the database says is current; see {@link MasterKey}. */
    private void followMasterKey() {
        String current = database.sql("select auth.master_key_id()").query(String.class).single();
        if (!masterKey.follow(current)) {
            throw new StartFault("Master key " + current + " is the current one, and this process does not have it. Start it with that key as well.");
        }
    }

    /** Includes retired keys for as long as the last token they signed is valid. */
    private List<Row> rows() {
        return database.sql("""
                        select kid, public_jwk, sealed_private_key, retired_at is not null as retired from auth.coral_signing_keys
                        where retired_at is null or retired_at > now() - interval '1 hour' order by created_at desc limit 10
                        """)
                .query((row, number) ->
                        new Row(row.getString("kid"), row.getString("public_jwk"), row.getBytes("sealed_private_key"), row.getBoolean("retired")))
                .list();
    }

    private List<Row> createIfAbsent() {
        // Only one process creates the first key.
        database.sql("lock table auth.coral_signing_keys in share row exclusive mode").update();
        List<Row> rows = rows();
        if (!rows.stream().allMatch(Row::retired)) {
            return rows;
        }
        followMasterKey();
        ECKey key = generate();
        database.sql("insert into auth.coral_signing_keys (kid, public_jwk, sealed_private_key) values (:kid, cast(:public as jsonb), :sealed)")
                .param("kid", key.getKeyID())
                .param("public", key.toPublicJWK().toJSONString())
                .param("sealed", sealed(key))
                .update();
        return rows();
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JDK cannot generate P-256 keys", e);
        }
    }

    private byte[] sealed(ECKey key) {
        return sealed(masterKey, key.getKeyID(), key.toJSONString().getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sealed(MasterKey masterKey, String kid, byte[] plain) {
        try {
            return masterKey.sealingKeys(PURPOSE).getFirst().aead().encrypt(plain, bound(kid));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a signing key could not be sealed", e);
        }
    }

    private ECKey open(Row row) {
        Optional<Opened> opened = open(masterKey, row.kid(), row.sealed());
        if (opened.isEmpty() && masterKey.reread()) {
            opened = open(masterKey, row.kid(), row.sealed());
        }
        return opened.map(found -> parse(new String(found.plain(), StandardCharsets.UTF_8))).orElseThrow(() -> new StartFault(
                "Signing key " + row.kid() + " was sealed under another master key. Add that key to ENCRYPTION_KEYS_OLD. If it is lost,"
                        + " set retired_at of that row in auth.coral_signing_keys; everybody then has to sign in again."));
    }

    /** A private key, and the master key that it was sealed under. */
    record Opened(byte[] plain, String masterKeyId) {

        @Override
        public String toString() {
            return "Opened[" + masterKeyId + "]";
        }
    }

    /** Opens the key; empty when it was sealed under none of the known master keys. */
    static Optional<Opened> open(MasterKey masterKey, String kid, byte[] sealed) {
        for (SealingKey seal : masterKey.sealingKeys(PURPOSE)) {
            try {
                return Optional.of(new Opened(seal.aead().decrypt(sealed, bound(kid)), seal.masterKeyId()));
            } catch (GeneralSecurityException e) {
                // Try the next one.
            }
        }
        return Optional.empty();
    }

    private static ECKey parse(String jwk) {
        try {
            return ECKey.parse(jwk);
        } catch (ParseException e) {
            throw new IllegalStateException("a signing key in the database is damaged", e);
        }
    }

    private static byte[] bound(String kid) {
        return kid.getBytes(StandardCharsets.UTF_8);
    }
}
