package social.coral.tenancy;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TenancySettings.class)
class TenancyConfiguration {

    @Bean
    TenantDoor tenantDoor(Databases databases) {
        return new TenantDoor(databases.pool(LoginRole.TENANT), new TenantShares(LoginRole.TENANT.connections / 4, LoginRole.TENANT.connections), databases.claimsKey());
    }
}
