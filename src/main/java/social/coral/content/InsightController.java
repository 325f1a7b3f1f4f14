package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/insights")
@Tag(name = "Insights", description = "What the posts of the accounts that you listen to are about")
class InsightController {

    record OneInsight(Insight insight) {}

    record InsightList(List<Insight> insights) {}

    record InsightPosts(List<CollectedPost> tweets) {}

    record InsightChange(@Schema(example = "true") @Nullable Boolean dismissed) {}

    private final Insights insights;

    InsightController(Insights insights) {
        this.insights = insights;
    }

    @GetMapping
    @Operation(summary = "Lists topics, the hottest first", description = "`q` finds words of the topic. `dismissed=true` lists those that you do not want to see.")
    InsightList list(@RequestParam(required = false) @Nullable String q, @RequestParam(defaultValue = "false") boolean dismissed, Page page) {
        return new InsightList(insights.list(q, dismissed, InsightOrder.HOTTEST, page));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a topic")
    OneInsight get(@PathVariable UUID id) {
        return new OneInsight(insights.get(id));
    }

    @GetMapping("/{id}/posts")
    @Operation(summary = "Lists the posts of a topic, those that add most to its score first")
    InsightPosts posts(@PathVariable UUID id, Page page) {
        return new InsightPosts(insights.posts(insights.get(id).id(), page));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Dismisses a topic, or restores it", description = "New posts are added to a dismissed topic all the same; it stays out of the list.")
    OneInsight change(@PathVariable UUID id, @RequestBody InsightChange change) {
        insights.get(id);
        if (change.dismissed() == null) {
            throw Failure.invalid("dismissed", "\"dismissed\" must be true or false.");
        }
        return new OneInsight(insights.dismiss(id, change.dismissed()));
    }
}
