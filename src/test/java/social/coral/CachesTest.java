package social.coral;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import social.coral.tenancy.Tenant;

/**
 * What is kept in memory between requests is kept under a key whose type carries the tenant. Each exception is a line here,
 * with what is kept there instead of a tenant's.
 */
class CachesTest {

    private static final Map<String, String> OF_NO_TENANT = Map.ofEntries(
            Map.entry("AccessTokens.recentlyVerified", "under the hash of a token, which only its holder can ask for"),
            Map.entry("ParsedStatement.PARSED", "the program's own statements"),
            Map.entry("MasterKey.sealingKeys", "the installation's keys"),
            Map.entry("WrappedKeyFile.opened", "the installation's keys"),
            Map.entry("UnfinishedBodies.waiting", "how many bodies of a network are on their way, before anybody is known"),
            Map.entry("OpenConnections.states", "by a connection's number, which no request names"),
            Map.entry("OpenConnections.ended", "by a connection's number, which no request names"),
            Map.entry("OpenConnections.deadlines", "by a connection's number, which no request names"),
            Map.entry("AllowedEndpoints.allowed", "what the operator lets be called"),
            Map.entry("AllowedEndpoints.services", "where the operator says that services are"),
            Map.entry("WeightedLength.ALONE", "what a character weighs, whoever writes it"),
            Map.entry("WeightedLength.PAIRS", "where an emoji ends, whoever writes it"),
            Map.entry("AuditWatch.broken", "whose audit was told to the operator as broken"),
            Map.entry("ImportTurns.turns", "the imports under way, each of which knows its tenant and is shown to nobody"),
            Map.entry("ImportTurns.ofNetworks", "how many imports a network has, which is shown to nobody"),
            Map.entry("LoginProbe.logins", "the product's own roles"),
            Map.entry("LoginProbe.refusals", "the product's own roles"),
            Map.entry("LoginProbe.lasting", "the product's own roles"),
            Map.entry("TenantDoor.followers", "the product's tables, and what follows their changes"),
            Map.entry("OpenIndex.notes", "how far the index of one tenant follows its rows"),
            Map.entry("Egress.told", "which hosts the operator's log has told of lately"));

    // Reads neither request nor tenant: a server of its own, in the place of one of others.
    private static final String SANDBOX = "social.coral.sandbox";

    private static final JavaClasses PRODUCT =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("social.coral");

    @Test
    void whatIsKeptBetweenRequestsIsKeptByTenant() {
        List<Field> kept = PRODUCT.stream().filter(type -> !type.getPackageName().startsWith(SANDBOX)).filter(CachesTest::keeps).flatMap(CachesTest::stores).toList();

        assertThat(kept).hasSizeGreaterThan(8).filteredOn(field -> !carriesTenant(keyOf(field)))
                .extracting(field -> field.getDeclaringClass().getSimpleName() + "." + field.getName())
                .containsExactlyInAnyOrderElementsOf(OF_NO_TENANT.keySet());
    }

    @Test
    void aKeyWithoutATenantIsFound() throws NoSuchFieldException {
        assertThat(carriesTenant(keyOf(Samples.class.getDeclaredField("byName")))).isFalse();
        assertThat(carriesTenant(keyOf(Samples.class.getDeclaredField("byTenant")))).isTrue();
        assertThat(carriesTenant(keyOf(Samples.class.getDeclaredField("byTenantAndPage")))).isTrue();
    }

    private static boolean keeps(JavaClass type) {
        return type.getConstructorCallsFromSelf().stream().anyMatch(call -> call.getTargetOwner().isEquivalentTo(ConcurrentHashMap.class))
                || type.getMethodCallsFromSelf().stream().anyMatch(call -> call.getTargetOwner().isEquivalentTo(Caffeine.class)
                        || call.getTargetOwner().isEquivalentTo(ConcurrentHashMap.class) && call.getName().equals("newKeySet"));
    }

    private static Stream<Field> stores(JavaClass type) {
        return Arrays.stream(type.reflect().getDeclaredFields())
                .filter(field -> Stream.of(Map.class, Collection.class, Cache.class).anyMatch(store -> store.isAssignableFrom(field.getType())))
                .filter(field -> field.getGenericType() instanceof ParameterizedType);
    }

    private static Class<?> keyOf(Field field) {
        Type key = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
        return key instanceof Class<?> known ? known : Object.class;
    }

    /** A sealed key carries one where all that hold anything of a person do; strangers are counted by their network. */
    private static boolean carriesTenant(Class<?> key) {
        if (key.isSealed()) {
            return Arrays.stream(key.getPermittedSubclasses()).anyMatch(CachesTest::carriesTenant);
        }
        return key == Tenant.class || key.isRecord() && Arrays.stream(key.getRecordComponents()).map(RecordComponent::getType).anyMatch(Tenant.class::equals);
    }

    /** Keys as they may and may not be. */
    private static final class Samples {

        private record PageOf(Tenant tenant, int page) {}

        private final Map<String, String> byName = Map.of();
        private final Set<Tenant> byTenant = Set.of();
        private final Map<PageOf, String> byTenantAndPage = Map.of();
    }
}
