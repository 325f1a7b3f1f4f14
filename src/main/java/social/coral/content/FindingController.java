package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;

@RestController
@RequestMapping("/api/insights/{id}/research")
@Tag(name = "Insights")
class FindingController {

    record OneFinding(Finding research) {}

    private final Findings findings;

    FindingController(Findings findings) {
        this.findings = findings;
    }

    @GetMapping
    @Operation(summary = "Shows what was found out about a topic", description = "With the sources that the markers in the answer lead to. 404 before the topic was researched.")
    OneFinding get(@PathVariable UUID id) {
        return new OneFinding(findings.of(id).orElseThrow(Failure::notFound));
    }
}
