package social.coral.models;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import social.coral.egress.TestEgress;
import social.coral.services.Backoff;
import social.coral.services.Caller;
import social.coral.tenancy.Tenant;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.usage.OpenCall;
import social.coral.usage.SpendingProcess;
import social.coral.vault.ServiceName;

/** A process of its own that asks a model once, through the meter of a database. */
final class ModelCallProcess {

    private ModelCallProcess() {}

    /** Takes the database's URL, login and password, the tenant, and the address of the provider. */
    static void main(String[] args) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args[0]);
        config.setUsername(args[1]);
        config.setPassword(args[2]);
        try (HikariDataSource database = new HikariDataSource(config)) {
            Meter meter = SpendingProcess.meter(database);
            new Tenant(UUID.fromString(args[3])).run(() -> ask(meter, args[4]));
        }
    }

    static void ask(Meter meter, String provider) {
        Clock clock = Clock.systemUTC();
        ModelTools tools = new ModelTools(TestEgress.openTo(provider), clock, new Backoff(() -> 0L, time -> {}), new Circuits(clock), new RefusedParameters() {
            @Override
            public Set<String> of(ServiceName service, String model) {
                return Set.of();
            }

            @Override
            public void add(ServiceName service, String model, String parameter) {}
        });
        Caller caller = new Caller() {
            @Override
            public OpenCall open(Call call, Amount most) {
                return meter.open(call, most, new Meter.Reason("writing", null, null));
            }
        };
        new ModelClient(new ModelCalls(new AnthropicMessages(URI.create(provider), "claude-sonnet-5-5"), TestModel.SECRET, caller, tools))
                .answer(TestModel.PROMPT, Draft.UNSEEN);
    }
}
