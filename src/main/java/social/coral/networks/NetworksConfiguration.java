package social.coral.networks;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.egress.Egress;
import social.coral.sandbox.Sandbox;
import social.coral.services.Backoff;
import social.coral.services.Service;
import social.coral.vault.ServiceName;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NetworksSettings.class)
class NetworksConfiguration {

    @Bean
    Networks networks(Egress egress, NetworksSettings settings, Sandbox sandbox) {
        Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextLong(), Thread::sleep);
        return new Networks(egress, settings, sandbox, Clock.systemUTC(), backoff);
    }

    @Bean
    XKeyCheck xKeyCheck(Egress egress, Networks networks) {
        return new XKeyCheck(egress, networks, Clock.systemUTC());
    }

    @Bean
    Service<SocialNetwork> socialNetwork(Networks networks) {
        return new Service<>(SocialNetwork.class, ServiceName.TWITTER_BEARER, (key, caller) -> networks.with(key.reveal(), caller));
    }

    /** The sandbox's key acts as an account of the sandbox, so that nobody needs keys for X to try it. */
    @Bean
    Service<OwnAccount> ownAccount(Networks networks) {
        return new Service<>(OwnAccount.class, ServiceName.TWITTER_API_KEY.group(), ServiceName.TWITTER_BEARER, networks::ownAccount);
    }
}
