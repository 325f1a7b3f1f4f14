package social.coral.models;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import social.coral.egress.TestEgress;
import social.coral.services.Backoff;
import social.coral.services.Caller;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.usage.OpenCall;

/** A model of Anthropic as the product calls it for the current tenant, with each call reserved and settled, for programs of other rooms. */
public final class MeteredModel {

    private static final Prompt PROMPT = new Prompt(Instructions.of("Say something about the post."),
            List.of(new Material(Material.Kind.POST, "@reef_notes", "Tea & toast")),
            new ModelParameters(null, null, ModelParameters.MAX_OUTPUT_TOKENS), null);

    private final ModelClient client;

    /** @param provider the address of Anthropic, or of a stand-in */
    public MeteredModel(URI provider, Meter meter, TenantDoor door) {
        Clock clock = Clock.systemUTC();
        Backoff backoff = new Backoff(() -> 0L, Thread::sleep);
        ModelTools tools = new ModelTools(TestEgress.openTo(provider.toString()), clock, backoff, new Circuits(clock), new StoredRefusals(door));
        Caller caller = new Caller() {
            @Override
            public OpenCall open(Call call, Amount most) {
                return meter.open(call, most, new Meter.Reason("", null, null));
            }
        };
        client = new ModelClient(new ModelCalls(new AnthropicMessages(provider, "claude-sonnet-5-5"), TestModel.SECRET, caller, tools));
    }

    /** Asks once, and fails unless the answer is a text of so many characters. */
    public void ask(int length) {
        if (!(client.answer(PROMPT, Draft.UNSEEN) instanceof Answer.Text answer) || answer.text().length() != length) {
            throw new IllegalStateException("the model did not answer as it should");
        }
    }
}
