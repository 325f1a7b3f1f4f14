package social.coral.sandbox;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.egress.Egress;
import social.coral.installation.DataFolder;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SandboxSettings.class)
class SandboxConfiguration {

    @Bean
    Sandbox sandbox(SandboxSettings settings, DataFolder folder, Egress egress) {
        Sandbox sandbox = new Sandbox(settings, folder.resolve("sandbox.jsonl"), egress, Clock.systemUTC());
        if (settings.demo()) {
            sandbox.address();
        }
        return sandbox;
    }
}
