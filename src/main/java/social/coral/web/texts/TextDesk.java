package social.coral.web.texts;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.content.CollectedPost;
import social.coral.content.CollectedPosts;
import social.coral.content.PostLimit;
import social.coral.content.ReviewedText;
import social.coral.content.TextKind;
import social.coral.content.TextMarks;
import social.coral.content.TextSource;
import social.coral.networks.Network;
import social.coral.tenancy.CostlyWork;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.PriceList;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Visitor;
import social.coral.web.posts.Preview;

/** What the pages of all kinds of text need besides the texts. */
@Component
class TextDesk {

    private final Agents agents;
    private final Visitor visitor;
    private final PriceList prices;
    private final Clock clock;
    private final TextMarks marks;
    private final CollectedPosts posts;
    private final CostlyWork costly;

    TextDesk(Agents agents, Visitor visitor, PriceList prices, Clock clock, TextMarks marks, CollectedPosts posts, CostlyWork costly) {
        this.agents = agents;
        this.prices = prices;
        this.visitor = visitor;
        this.clock = clock;
        this.marks = marks;
        this.posts = posts;
        this.costly = costly;
    }

    WriterWords writers() {
        return new WriterWords(agents.titles());
    }

    /** Who makes changes that are wanted of a text. */
    Reviser reviser(ReviewedText text) {
        return Reviser.of(text, agents::get);
    }

    /** The zone in which the person reads times. */
    String ownZone() {
        return visitor.profile().timeZone();
    }

    /** The collected posts among the sources of a text, by their ids, without those that are gone. */
    Map<UUID, CollectedPost> quoted(ReviewedText text) {
        return posts.of(text.sources().stream().map(TextSource::postId).filter(Objects::nonNull).toList());
    }

    TextMarks marks() {
        return marks;
    }

    /**
     * The length of what is being typed and how it will look; stores nothing.
     *
     * @param of the text whose sources it is checked against; null for a new one
     */
    ModelAndView preview(String typed, @Nullable ReviewedText of) throws IOException {
        String text = typed.replace("\r\n", "\n");
        return costly.inTurn(() -> PageResult.page("posts/preview")
                .addObject("preview", Preview.of(text, of == null ? List.of() : marks.of(of, null, List.of(text)), limit())));
    }

    /** What X charges for posting a text, in millionths of a US dollar at the prices that hold now; 0 for a blog post, which does not go there. */
    long postingCost(ReviewedText text) {
        return text.kind() == TextKind.BLOG ? 0 : text.texts().stream()
                .map(part -> new Call(Network.X.toString(), "POST /2/tweets", hasLink(part) ? "create_with_link" : "create"))
                .mapToLong(call -> prices.cost(call, Amount.units(1), now()).microUsd()).sum();
    }

    private static boolean hasLink(String part) {
        return Preview.of(part, List.of(), PostLimit.LONG).links() > 0;
    }

    /** How long a post of the person may be. */
    PostLimit limit() {
        return visitor.limit();
    }

    Instant now() {
        return clock.instant();
    }
}
