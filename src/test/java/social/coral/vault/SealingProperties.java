package social.coral.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import social.coral.installation.MasterKey;
import social.coral.installation.TestMasterKey;
import social.coral.tenancy.Tenant;

class SealingProperties {

    private static final MasterKey MASTER = TestMasterKey.of("5a1f0c93be77d2486013a9ce8db4f2650b9e7714ac3fd08e", null);
    private static final MasterKey OTHER_MASTER = TestMasterKey.of("c80e4b19f6a3275dd4916b0e7fa85c32e1d96f40b7038ac5", null);

    /** Where a secret lies. */
    record Place(UUID tenant, ServiceName service, UUID row) {

        byte[] context() throws Exception {
            return new Tenant(tenant).call(() -> SealedKeys.context(service, row));
        }
    }

    private final Sealing sealing = new Sealing(MASTER);

    @Property(tries = 500)
    void aSecretOpensInItsOwnRowOnly(@ForAll("places") Place here, @ForAll("places") Place elsewhere, @ForAll @Size(max = 200) byte[] secret)
            throws Exception {
        Aead key = dataKey();
        byte[] sealed = key.encrypt(secret, here.context());

        assertThat(key.decrypt(sealed, here.context())).isEqualTo(secret);
        Assume.that(!here.equals(elsewhere));
        doesNotOpen(key, sealed, elsewhere.context());
    }

    @Property(tries = 500)
    void aSecretThatIsCutOrAlteredDoesNotOpen(
            @ForAll("places") Place here, @ForAll @Size(max = 200) byte[] secret, @ForAll @IntRange(max = 10_000) int where, @ForAll @IntRange(min = 1, max = 255) int how)
            throws Exception {
        Aead key = dataKey();
        byte[] sealed = key.encrypt(secret, here.context());
        byte[] altered = sealed.clone();
        altered[where % sealed.length] ^= (byte) how;

        doesNotOpen(key, Arrays.copyOf(sealed, where % sealed.length), here.context());
        doesNotOpen(key, altered, here.context());
    }

    @Property(tries = 100)
    void aSecretDoesNotOpenWithAnotherDataKey(@ForAll("places") Place here, @ForAll @Size(max = 200) byte[] secret) throws Exception {
        doesNotOpen(dataKey(), dataKey().encrypt(secret, here.context()), here.context());
    }

    @Property(tries = 100)
    void aDataKeyOpensForItsTenantUnderItsMasterKeyOnly(@ForAll("places") Place here, @ForAll("places") Place elsewhere) throws Exception {
        byte[] context = Sealing.context("data-key", here.tenant().toString());
        Sealing.WrappedKey wrapped = sealing.newDataKey(MASTER.currentId(), context).wrapped();

        assertThat(sealing.open(wrapped, context)).isNotNull();
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> new Sealing(OTHER_MASTER).open(wrapped, context));
        Assume.that(!here.tenant().equals(elsewhere.tenant()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> sealing.open(wrapped, Sealing.context("data-key", elsewhere.tenant().toString())));
    }

    @Example
    void noTwoSealsUnderOneKeyShareTheirNonce() throws Exception {
        Aead key = dataKey();
        Set<String> beginnings = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            // What marks the key, if anything does, and twelve bytes of nonce stand first.
            beginnings.add(HexFormat.of().formatHex(key.encrypt(new byte[] {1}, new byte[0]), 0, 17));
        }
        assertThat(beginnings).hasSize(20_000);
    }

    private Aead dataKey() throws GeneralSecurityException {
        return sealing.newDataKey(MASTER.currentId(), Sealing.context("data-key")).aead();
    }

    private static void doesNotOpen(Aead key, byte[] sealed, byte[] context) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> key.decrypt(sealed, context));
    }

    /** From a few of each kind, so that two places often differ in one thing only. */
    @Provide
    Arbitrary<Place> places() {
        Arbitrary<UUID> ids = Arbitraries.integers().between(1, 3).map(number -> new UUID(number, number));
        return Combinators.combine(ids, Arbitraries.of(ServiceName.class), ids).as(Place::new);
    }
}
