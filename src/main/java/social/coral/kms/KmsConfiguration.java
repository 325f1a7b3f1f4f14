package social.coral.kms;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.egress.Egress;
import social.coral.installation.KeyWrapping;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KmsSettings.class)
class KmsConfiguration {

    @Bean
    @ConditionalOnExpression("!'${coral.kms.url:}'.isBlank()")
    KeyWrapping transitEngine(Egress egress, KmsSettings settings) {
        return new TransitEngine(egress, settings);
    }
}
