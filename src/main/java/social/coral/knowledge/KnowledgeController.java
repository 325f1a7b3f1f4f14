package social.coral.knowledge;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/search")
@Tag(name = "Search", description = "What was collected, imported and noted by agents, found by words and by meaning")
class KnowledgeController {

    private final KnowledgeSearch search;

    KnowledgeController(KnowledgeSearch search) {
        this.search = search;
    }

    @GetMapping
    @Operation(summary = "Finds texts by their words and by their meaning, the best first", description = """
            `q` is a question or words, at most 500 characters. A part in quotation marks is found as it is, and a part behind a minus leaves out the \
            texts that have it; such a search goes by words alone. Of texts that say the same the best is given, and `alike` counts the others. \
            `notice` tells why there may be more than was found. `source` is `collected` or `imported`, or the agent that noted the text. A tenant can search 60 \
            times a minute.""")
    KnowledgeAnswer search(
            @Parameter(description = "Words or a question; see above") @RequestParam(defaultValue = "") String q,
            @Parameter(description = "`post` or `note`") @RequestParam(defaultValue = "") String kind,
            @Parameter(description = "A username, with or without @") @RequestParam(defaultValue = "") String author,
            @Parameter(description = "Written at this time or later") @RequestParam(defaultValue = "") String from,
            @Parameter(description = "Written before this time") @RequestParam(defaultValue = "") String to,
            @Parameter(description = "1 to 100, 20 unless given") @RequestParam(required = false) @Nullable String limit) {
        return search.search(KnowledgeQuestion.of(q, kind, author, from, to, limit));
    }
}
