package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.sandbox.Sandbox;
import social.coral.vault.ServiceName;

/** A tenant with a key of the sandbox, which has the faults that a test orders. */
abstract class FaultySandbox extends CollectingRuns {

    @Autowired
    Sandbox sandbox;

    List<String> handles;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void aSandboxKey() {
        handles = sandbox.exampleHandles();
        tenant.run(() -> keys.save(ServiceName.TWITTER_BEARER, sandbox.issueToken()));
    }

    @AfterEach
    void noMoreFaults() throws Exception {
        client.send(HttpRequest.newBuilder(sandbox.address().resolve("/sandbox/faults")).DELETE().build(), HttpResponse.BodyHandlers.ofString());
    }

    void fault(String json) throws Exception {
        URI faults = sandbox.address().resolve("/sandbox/faults");
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(faults).POST(HttpRequest.BodyPublishers.ofString(json)).header("Content-Type", "application/json").build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
