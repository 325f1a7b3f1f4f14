package social.coral.tenancy;

import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TenancySettings.class)
class TenancyConfiguration {

    // As many as requests are served at once; each has a thread of its own, and the system shares the processors among them.
    private static final int COSTLY_AT_ONCE = 64;

    @Bean
    CostlyWork costlyWork() {
        return new CostlyWork(COSTLY_AT_ONCE);
    }

    @Bean
    DeclaredTables declaredTables(Databases databases, List<BoundSetting> settings) {
        return databases.tables().with(settings);
    }

    @Bean
    TenantDoor tenantDoor(Databases databases, DeclaredTables tables) {
        return new TenantDoor(databases.pool(LoginRole.TENANT), new TenantShares(LoginRole.TENANT.connections / 4, LoginRole.TENANT.connections),
                databases.claimsKey(), new RowBounds(tables));
    }
}
