package social.coral.knowledge;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.PointsGrpc.PointsBlockingStub;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import social.coral.tenancy.Tenant;

/** That no call on points can be written without its tenant: who makes calls, what they ask for, and where a filter comes from. */
class QdrantCallsTest {

    private static final JavaClasses PRODUCT =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("social.coral");

    @Test
    void everyCallOnPointsTakesATenantsFilterAndNothingElseThatCouldBeOne() {
        List<Method> calls = Arrays.stream(QdrantPoints.class.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())).toList();
        assertThat(calls).extracting(Method::getName).containsExactlyInAnyOrder("put", "delete", "near", "count", "byStart", "each");
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.getParameterTypes()).contains(TenantFilter.class);
            assertThat(call.getParameterTypes()).noneMatch(type -> type.getPackageName().startsWith("io.qdrant"));
        });
    }

    @Test
    void nobodyElseMakesCallsOnPointsAndNobodyByIdsOrWithTheLibrarysOwnClient() {
        DescribedPredicate<JavaCall<?>> onPoints = target(owner(JavaClass.Predicates.equivalentTo(PointsBlockingStub.class)));
        noClasses().that().doNotBelongToAnyOf(QdrantPoints.class)
                .should().callMethodWhere(onPoints.and(DescribedPredicate.not(target(name("createFieldIndex"))))).check(PRODUCT);
        for (String notAsked : List.of("get", "search", "recommend", "setPayload", "overwritePayload", "clearPayload", "updateBatch", "queryBatch", "facet")) {
            noClasses().should().callMethodWhere(onPoints.and(target(name(notAsked)))).check(PRODUCT);
        }
        noClasses().should().dependOnClassesThat().belongToAnyOf(QdrantClient.class, QdrantGrpcClient.class).check(PRODUCT);
    }

    @Test
    void aFilterIsMadeFromATenantOnly() {
        noClasses().that().doNotBelongToAnyOf(TenantFilter.class)
                .should().callMethodWhere(target(owner(JavaClass.Predicates.equivalentTo(Filter.class))).and(target(name("newBuilder")))).check(PRODUCT);
        assertThat(TenantFilter.class.getDeclaredConstructors()).extracting(Constructor::getModifiers).allMatch(Modifier::isPrivate);
        assertThat(Arrays.stream(TenantFilter.class.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) && method.getReturnType() == TenantFilter.class))
                .singleElement().satisfies(method -> assertThat(method.getParameterTypes()).containsExactly(Tenant.class));
    }
}
