package social.coral.agents;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;
import social.coral.installation.DiskSpace;
import social.coral.jobs.Turn;
import social.coral.networks.CallListener;
import social.coral.networks.NetworkCall;
import social.coral.networks.Networks;
import social.coral.networks.SocialNetwork;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.usage.Prices;
import social.coral.vault.ApiKeys;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;
import tools.jackson.databind.json.JsonMapper;

/** What runs are made of; each part acts for the tenant of the running work. */
@Component
record RunTools(
        RunLedger ledger,
        AgentLogs logs,
        TenantData data,
        ApiKeys keys,
        Networks networks,
        Meter meter,
        Prices prices,
        AgentSettings settings,
        DiskSpace disk,
        JsonMapper json) {

    /** The key that the network is called with. A run without it stops. */
    Secret networkKey() {
        return keys.open(ServiceName.TWITTER_BEARER)
                .orElseThrow(() -> new RunEnd.Stopped("missing_keys",
                        "The " + ServiceName.TWITTER_BEARER.title() + " is missing. Enter it under Settings, Keys."));
    }

    /** The tenant's network, whose calls are entered in the ledger under this run. */
    SocialNetwork network(Secret bearer, UUID run, Turn turn) {
        String service = Networks.nameOf(bearer.reveal());
        AtomicBoolean accepted = new AtomicBoolean();
        SocialNetwork network = networks.with(bearer.reveal(), new CallListener() {
            @Override
            public void called(NetworkCall call) {
                meter.record(priced(service, call, run));
                if (call.outcome() == NetworkCall.Outcome.OK && accepted.compareAndSet(false, true)) {
                    keys.accepted(bearer);
                }
            }

            @Override
            public void arrived() {
                turn.comeBack();
            }
        });
        return new NetworkOutside(network, turn);
    }

    private Call priced(String service, NetworkCall call, UUID run) {
        boolean sandbox = service.equals("sandbox");
        long unit = sandbox ? 0 : call.endpoint().contains("/users/by") ? prices.xUserRead() : prices.xPostRead();
        return new Call(
                service, call.endpoint(), call.units(), unit * call.units(), Call.Outcome.valueOf(call.outcome().name()), call.duration(), run);
    }
}
