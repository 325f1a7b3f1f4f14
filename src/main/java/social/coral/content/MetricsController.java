package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Choice;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/metrics")
@Tag(name = "Metrics", description = "How your own published posts are doing, over time")
class MetricsController {

    record OneMetric(Measurement metric) {}

    record MetricList(List<Measurement> metrics) {}

    record OnePost(PublishedPost post) {}

    record PostList(List<PublishedPost> posts) {}

    private final EngagementReport report;

    MetricsController(EngagementReport report) {
        this.report = report;
    }

    @GetMapping
    @Operation(summary = "Lists what was measured, the newest first", description = """
            A measurement is how often a post had been liked, reposted, answered, quoted and shown at one time. `post` gives those of one \
            published post. A post is measured hourly on its first day, then daily, weekly and monthly until it is 90 days old; the first \
            measurement is what it was imported or collected with.""")
    MetricList list(@RequestParam(required = false) @Nullable UUID post, Page page) {
        return new MetricList(report.measurements(post, page));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a measurement")
    OneMetric get(@PathVariable UUID id) {
        return new OneMetric(report.measurement(id));
    }

    @GetMapping("/posts")
    @Operation(summary = "Lists your published posts with their newest counts, the newest post first", description = """
            Those of your own accounts are known by your imports. `kind` is `tweet`, `thread` or `reply`. Counts are null while none are known.""")
    PostList posts(@RequestParam(required = false) @Nullable String kind, Page page) {
        PublishedPost.Kind only = kind == null || kind.isBlank() ? null : Choice.of("kind", "kind", kind, Arrays.asList(PublishedPost.Kind.values()));
        return new PostList(report.posts(new EngagementFilter(null, only, null), page));
    }

    @GetMapping("/posts/{id}")
    @Operation(summary = "Shows a published post with its newest counts")
    OnePost post(@PathVariable UUID id) {
        return new OnePost(report.post(id));
    }
}
