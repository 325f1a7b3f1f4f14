package sample;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;
import social.coral.services.Caller;
import social.coral.services.Service;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.OpenCall;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/** Translates texts with the tenant's key of OpenAI. */
record Translations(Egress egress, URI base, Secret key, Caller caller) {

    String german(String text) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/german"))
                .header("Authorization", "Bearer " + key.reveal())
                .POST(BodyPublishers.ofString(text))
                .build();
        return caller.waitFor(() -> answered(request));
    }

    private String answered(HttpRequest request) {
        Instant start = Instant.now();
        OpenCall call = caller.open(new Call("translations", "POST /german", "text"), Amount.units(1));
        try {
            EgressResponse response = egress.send(new Purpose("translations", Duration.ofSeconds(20), 1 << 20, base), request);
            boolean ok = response.status() == 200;
            call.settle(ok ? Call.Outcome.OK : Call.Outcome.REFUSED, Amount.units(ok ? 1 : 0), Duration.between(start, Instant.now()));
            return switch (response.status()) {
                case 200 -> response.body();
                case 401 -> throw new ServiceFault.KeyRefused(ServiceName.OPENAI, "OpenAI does not accept the key. Enter another.");
                default -> throw new ServiceFault.Unavailable("OpenAI cannot translate right now.");
            };
        } catch (EgressFault fault) {
            call.settle(Call.Outcome.FAILED, Amount.NONE, Duration.between(start, Instant.now()));
            throw ServiceFault.of(fault, "OpenAI", start);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Registration {

        @Bean
        Service<Translations> translations(Egress egress, @Value("${sample.translations}") URI base) {
            return new Service<>(Translations.class, ServiceName.OPENAI, (key, caller) -> new Translations(egress, base, key, caller));
        }
    }
}
