package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.api.Page;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/approval-rules")
@Tag(name = "Approval rules", description = "What is approved without the person")
class ApprovalRuleController {

    private static final String RULE = """
            A rule approves texts of one kind that an agent wrote, that nobody has edited, and in which nothing is marked. It is off until `enabled` is true. \
            Each decision is in the audit with the rule's name. `min_score` is for blog posts, which alone are judged: what the critique of the present \
            version must give for each criterion at least; `max_parts` is for threads.""";

    // Nodes because null clears them and leaving them out does not.
    record RuleBody(@Schema(description = "At most 60 characters, other than those of your other rules") @Nullable String name,
            @Nullable Boolean enabled,
            @Schema(implementation = TextKind.class) @Nullable String kind,
            @Schema(type = "string", nullable = true, example = "blog-writing", description = "The agent whose texts it approves; null for any") @Nullable JsonNode agent,
            @Schema(type = "integer", nullable = true, minimum = "0", maximum = "100") @Nullable JsonNode minScore,
            @Schema(type = "integer", nullable = true, minimum = "1", maximum = "50000",
                    description = "All parts together") @Nullable JsonNode maxCharacters,
            @Schema(type = "integer", nullable = true, minimum = "1", maximum = "25") @Nullable JsonNode maxParts,
            @Schema(description = "Whether it approves texts with links, which are all links of sources") @Nullable Boolean links) {

        ApprovalRuleInput input() {
            return new ApprovalRuleInput(name, enabled, kind, TextController.clearable("agent", agent), number("min_score", minScore),
                    number("max_characters", maxCharacters),
                    number("max_parts", maxParts), links);
        }

        private static @Nullable String number(String field, @Nullable JsonNode given) {
            if (given == null) {
                return null;
            }
            if (!given.isIntegralNumber() && !given.isNull()) {
                throw Failure.wrongType(field);
            }
            return given.isNull() ? "" : given.asString();
        }
    }

    record OneApprovalRule(ApprovalRule approvalRule) {}

    record ApprovalRuleList(List<ApprovalRule> approvalRules) {}

    private final ApprovalRules rules;

    ApprovalRuleController(ApprovalRules rules) {
        this.rules = rules;
    }

    @GetMapping
    @Operation(summary = "Lists the approval rules by name", description = RULE)
    ApprovalRuleList list(Page page) {
        return new ApprovalRuleList(rules.list(page));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Adds an approval rule", description = RULE)
    OneApprovalRule add(@RequestBody RuleBody body) {
        return new OneApprovalRule(rules.add(body.input()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows an approval rule")
    OneApprovalRule get(@PathVariable UUID id) {
        return new OneApprovalRule(rules.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Changes an approval rule", description = "What is left out stays as it is; null clears.")
    OneApprovalRule change(@PathVariable UUID id, @RequestBody RuleBody body) {
        return new OneApprovalRule(rules.change(id, body.input(), null));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Deletes an approval rule", description = "What it approved stays approved.")
    void delete(@PathVariable UUID id) {
        rules.delete(id);
    }
}
