package social.coral.models;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;
import social.coral.services.Caller;
import social.coral.services.ServiceFault;
import social.coral.tenancy.Tenant;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Call.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's embeddings for one tenant: reserved, charged, retried and held back as its chat is. */
final class OpenAiEmbeddings implements TextEmbeddings {

    static final String PATH = "/embeddings";
    /** A token takes at least one byte, and the models read 8,192 tokens. */
    private static final int MAX_TEXT_BYTES = 8_000;
    /** Below the 300,000 tokens that a request may have. */
    private static final int MAX_REQUEST_BYTES = 200_000;
    private static final int MAX_TEXTS = 64;
    /** So many vectors of 3,072 numbers, also from a server that writes them out. */
    private static final int MAX_BYTES = 8 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final Provider provider;
    private final String secret;
    private final Caller caller;
    private final ModelTools tools;
    private final ModelFaults faults;
    private final Responses responses;
    private final Circuit circuit;

    OpenAiEmbeddings(Provider provider, String secret, Caller caller, ModelTools tools) {
        this.provider = provider;
        this.secret = secret;
        this.caller = caller;
        this.tools = tools;
        this.faults = new ModelFaults(provider, secret);
        this.responses = new Responses(provider, faults, tools.clock());
        this.circuit = tools.circuits().of(Tenant.current(), provider.key(), PATH);
    }

    /** What is sent, and what it is about. */
    private record Asked(String model, int width, int texts, byte[] body, Purpose purpose) {}

    @Override
    public List<float[]> of(String model, int width, List<String> texts, Duration patience) {
        Purpose purpose = new Purpose("embedding", patience, MAX_BYTES, provider.base());
        List<float[]> vectors = new ArrayList<>();
        for (List<String> batch : batches(texts)) {
            Asked asked = new Asked(model, width, batch.size(), body(model, batch), purpose);
            vectors.addAll(circuit.call(attempts -> caller.waitFor(() -> vectors(asked, Math.min(attempts, caller.tries())))));
        }
        return vectors;
    }

    private static List<List<String>> batches(List<String> texts) {
        List<List<String>> batches = new ArrayList<>();
        int room = MAX_REQUEST_BYTES;
        for (String text : texts) {
            String read = beginning(text);
            int bytes = read.getBytes(StandardCharsets.UTF_8).length;
            if (batches.isEmpty() || bytes > room || batches.getLast().size() == MAX_TEXTS) {
                batches.add(new ArrayList<>());
                room = MAX_REQUEST_BYTES;
            }
            batches.getLast().add(read);
            room -= bytes;
        }
        return batches;
    }

    private static byte[] body(String model, List<String> texts) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("encoding_format", "base64");
        ArrayNode input = body.putArray("input");
        texts.forEach(input::add);
        return JSON.writeValueAsBytes(body);
    }

    /** As much of a text as the models are sure to read, to the end of a letter. */
    private static String beginning(String text) {
        if (text.length() * 3L <= MAX_TEXT_BYTES) {
            return text;
        }
        int end = 0;
        for (int bytes = 0; end < text.length();) {
            int letter = text.codePointAt(end);
            bytes += letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
            if (bytes > MAX_TEXT_BYTES) {
                break;
            }
            end += Character.charCount(letter);
        }
        return text.substring(0, end);
    }

    private List<float[]> vectors(Asked asked, int attempts) {
        for (int failed = 1; ; failed++) {
            Attempt<List<float[]>> attempt = attempt(asked);
            if (attempt.reply() != null) {
                return attempt.reply();
            }
            ServiceFault fault = attempt.fault() == null ? faults.malformed() : attempt.fault();
            if (!(fault instanceof ServiceFault.Unavailable) || failed >= attempts) {
                throw fault;
            }
            tools.backoff().await(failed);
        }
    }

    private Attempt<List<float[]>> attempt(Asked asked) {
        Amount most = provider.most(asked.body().length, 0);
        HttpRequest request = provider.request(PATH, secret)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(asked.body()))
                .build();
        Call call = new Call(ModelRequests.service(provider, tools.egress()), "POST " + PATH, asked.model(), provider.unit());
        return ChargedCall.make(provider, caller, tools.clock(), call, most,
                () -> tools.egress().send(asked.purpose(), request, response -> {
                    caller.arrived();
                    return read(response, asked, most);
                }),
                () -> most);
    }

    private Attempt<List<float[]>> read(EgressResponse response, Asked asked, Amount most) {
        Optional<JsonNode> body = Responses.parsed(response.body());
        if (response.status() == 200 && body.filter(answer -> answer.path("data").isArray() && !StreamedAnswer.isError(answer)).isPresent()) {
            int tokens = Reply.count(body.get().path("usage").path("prompt_tokens"));
            Amount used = tokens == 0 ? most : new Amount(0, tokens, 0, 0, 0);
            return EmbeddingData.vectors(body.get().path("data"), asked.texts(), asked.width())
                    .map(vectors -> new Attempt<>(vectors, null, null, Outcome.OK, used))
                    .orElseGet(() -> Attempt.failed(faults.malformed(), Outcome.FAILED, used));
        }
        Attempt<Reply> refused = responses.read(response, asked.model(), most);
        return Attempt.failed(fault(refused, response.status(), body.flatMap(Problem::of)), refused.outcome() == Outcome.OK ? Outcome.FAILED : refused.outcome(), refused.used());
    }

    /** A key that may do other things is not to blame. */
    private ServiceFault fault(Attempt<Reply> refused, int status, Optional<Problem> problem) {
        ServiceFault fault = refused.fault();
        if (fault == null) {
            return refused.outcome() == Outcome.REFUSED ? new ServiceFault.BadRequest(provider.title() + " declined to read a text.", Set.of()) : faults.malformed();
        }
        boolean isOfScope = status == 403 || problem.filter(said -> said.isAbout(ModelKeyCheck.SCOPES)).isPresent();
        return fault instanceof ServiceFault.KeyRefused && isOfScope ? new ServiceFault.Forbidden(fault.sentence()) : fault;
    }
}
