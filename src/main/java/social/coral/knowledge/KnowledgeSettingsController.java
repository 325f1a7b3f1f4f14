package social.coral.knowledge;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/knowledge/settings")
@Tag(name = "Search")
class KnowledgeSettingsController {

    record OneState(EmbeddingState settings) {}

    /** Describes the request body in the API's documentation. */
    record Change(@Nullable EmbeddingChoice embeddings) {}

    private final EmbeddingSettings settings;

    KnowledgeSettingsController(EmbeddingSettings settings) {
        this.settings = settings;
    }

    @GetMapping
    @Operation(summary = "Which model makes the vectors that texts are found by, and how far it is", description = """
            `texts` counts pieces of texts, `embedded` those of which the chosen model has made vectors, `refused` those \
            that its service refuses to read and that are found by their words alone, and `remaining_cost_micro_usd` tells about \
            what the others cost at list price. Until all are made `answering`, the model before, is asked. `waiting` tells why nothing goes on.""")
    OneState settings() {
        return new OneState(settings.state());
    }

    /** Reads the body as a map, because an absent field and a null mean different things. */
    @PatchMapping
    @Operation(summary = "Chooses the model", description = "`built-in` is free. The others are OpenAI's, called and paid for with your own key. A null chooses"
            + " the default again. The same choice again has what waits go on at once.",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(schema = @Schema(implementation = Change.class))))
    OneState change(@RequestBody Map<String, @Nullable Object> fields) {
        return new OneState(settings.change(fields));
    }
}
