package social.coral.models;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.egress.Egress;
import social.coral.services.Backoff;
import social.coral.services.Caller;
import social.coral.services.Service;
import social.coral.vault.Secret;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelSettings.class)
class ModelsConfiguration {

    @Bean
    ModelTools modelTools(Egress egress, RefusedParameters refused) {
        Clock clock = Clock.systemUTC();
        Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextLong(), Thread::sleep);
        return new ModelTools(egress, clock, backoff, new Circuits(clock), refused);
    }

    @Bean
    Service<LanguageModel.OpenAi> openAi(ModelTools tools, ModelSettings settings) {
        Provider provider = settings.openAi();
        return new Service<>(LanguageModel.OpenAi.class, provider.key(), (key, caller) -> client(provider, key, caller, tools)::answer);
    }

    @Bean
    Service<LanguageModel.Anthropic> anthropic(ModelTools tools, ModelSettings settings) {
        Provider provider = settings.anthropic();
        return new Service<>(LanguageModel.Anthropic.class, provider.key(), (key, caller) -> client(provider, key, caller, tools)::answer);
    }

    @Bean
    Service<LanguageModel.Perplexity> perplexity(ModelTools tools, ModelSettings settings) {
        Provider provider = settings.perplexity();
        return new Service<>(LanguageModel.Perplexity.class, provider.key(), (key, caller) -> client(provider, key, caller, tools)::answer);
    }

    @Bean
    Service<TextEmbeddings> embeddings(ModelTools tools, ModelSettings settings) {
        Provider provider = settings.openAi();
        return new Service<>(TextEmbeddings.class, provider.key(), (key, caller) -> new OpenAiEmbeddings(provider, key.reveal(), caller, tools));
    }

    private static ModelClient client(Provider provider, Secret key, Caller caller, ModelTools tools) {
        return new ModelClient(new ModelCalls(provider, key.reveal(), caller, tools));
    }
}
