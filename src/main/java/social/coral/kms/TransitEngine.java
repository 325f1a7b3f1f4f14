package social.coral.kms;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;
import social.coral.installation.KeyWrapping;
import social.coral.installation.StartFault;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Wraps keys with the transit engine: {@code POST /v1/transit/encrypt/<key>} and {@code decrypt}. */
public final class TransitEngine implements KeyWrapping {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 64 << 10;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MARK = "vault:v";

    private final Egress egress;
    private final KmsSettings settings;
    private final Purpose purpose;

    TransitEngine(Egress egress, KmsSettings settings) {
        this(egress, settings, PATIENCE);
    }

    TransitEngine(Egress egress, KmsSettings settings, Duration patience) {
        this.egress = egress;
        this.settings = settings;
        this.purpose = new Purpose("key-service", patience, LARGEST_ANSWER, URI.create(settings.url()));
    }

    /** Returns the key service of the settings, if they name one, for a command that runs without the application. */
    public static Optional<KeyWrapping> of(Environment environment) {
        Binder binder = Binder.get(environment);
        KmsSettings settings = binder.bindOrCreate("coral.kms", KmsSettings.class);
        return settings.url().isEmpty() ? Optional.empty() : Optional.of(new TransitEngine(Egress.of(environment), settings));
    }

    @Override
    public String wrap(byte[] key) {
        String wrapped = ask("encrypt", Map.of("plaintext", Base64.getEncoder().encodeToString(key)), "ciphertext");
        // A wrapped key replaces the plain one, so make sure first that it can be unwrapped.
        byte[] back = unwrap(wrapped);
        if (!isWrapped(wrapped) || !Arrays.equals(back, key)) {
            throw fault("returned something else than it was given. Its key " + settings.key() + " must be an encryption key.");
        }
        return wrapped;
    }

    @Override
    public byte[] unwrap(String wrapped) {
        try {
            return Base64.getDecoder().decode(ask("decrypt", Map.of("ciphertext", wrapped), "plaintext").getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    @Override
    public boolean isWrapped(String text) {
        return text.startsWith(MARK) && text.indexOf('\n') < 0;
    }

    @Override
    public String location() {
        return "the transit key " + settings.key() + " of " + URI.create(settings.url()).getAuthority();
    }

    private String ask(String verb, Map<String, String> input, String wanted) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.url() + "/v1/transit/" + verb + "/" + settings.key()))
                .header("X-Vault-Token", settings.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(input)))
                .build();
        EgressResponse reply;
        try {
            reply = egress.send(purpose, request);
        } catch (EgressFault fault) {
            throw fault("did not answer. " + fault.sentence());
        }
        if (reply.status() != 200) {
            throw refused(reply.status());
        }
        try {
            JsonNode value = JSON.readTree(reply.body()).path("data").path(wanted);
            if (value.isString()) {
                return value.stringValue();
            }
        } catch (JacksonException e) {
            // Reported below, without the body.
        }
        throw malformed();
    }

    private StartFault refused(int status) {
        return fault(switch (status) {
            case 403 -> "refuses CORAL_KMS_TOKEN. Use a token whose policy allows update on transit/encrypt/" + settings.key()
                    + " and transit/decrypt/" + settings.key() + ".";
            case 400, 404 -> "has no key of this name that opens the master key (status " + status + "). Enable the transit engine, create the key there,"
                    + " or put back the one that wrapped master.key.";
            case 503 -> "is sealed or not active. Unseal it.";
            default -> "answered with status " + status + ". Look in its log.";
        });
    }

    private StartFault malformed() {
        return fault("did not answer like a transit engine. Correct CORAL_KMS_URL.");
    }

    private StartFault fault(String what) {
        return new StartFault("The key service (" + location() + ") " + what);
    }
}
