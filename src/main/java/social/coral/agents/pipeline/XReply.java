package social.coral.agents.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.Agents;
import social.coral.agents.Run;
import social.coral.agents.TenantData;
import social.coral.content.Mention;
import social.coral.content.Reply;
import social.coral.models.LanguageModel;
import social.coral.networks.OwnAccount;

/**
 * Reads the posts that mention the person's account, drafts a reply to each that is to be answered, and revises those of which changes are
 * wanted. Every reply waits in review.
 */
@Component
@EnableConfigurationProperties(XReply.Settings.class)
final class XReply implements Agent {

    static final String READ = "Read mentions";
    private static final String REVISE = "Revise: ";

    /**
     * @param mentions the most mentions that a run reads
     * @param first the most mentions of the first run, which leaves those before them
     * @param replies the most mentions that a run answers or sets aside, and the most replies that it revises
     * @param days how old a mention may be that is answered
     */
    @Validated
    @ConfigurationProperties("coral.agents.x-reply")
    record Settings(
            @DefaultValue("100") @Min(5) @Max(800) int mentions,
            @DefaultValue("20") @Min(5) @Max(800) int first,
            @DefaultValue("20") @Min(1) @Max(100) int replies,
            @DefaultValue("7") @Min(1) @Max(365) int days) {}

    private final Settings settings;

    XReply(Settings settings) {
        this.settings = settings;
    }

    @Override
    public AgentDescription about() {
        return new AgentDescription(Agents.REPLIES, "Reply to mentions",
                "Reads the posts that mention your account, drafts a reply to each, sets aside those that are not to be answered, and revises what you send back.",
                Set.of(OwnAccount.class), Set.of(LanguageModel.class));
    }

    @Override
    public boolean canWorkOn(UUID subject, TenantData data) {
        return data.mentions().find(subject).filter(mention -> mention.state() == Mention.State.OPEN).isPresent()
                || !Answers.wanted(data.replies(), Optional.of(subject), 1).isEmpty();
    }

    @Override
    public String work(Run run) {
        int revised = revised(run);
        List<MentionPages.Waiting> waiting = waiting(run);
        int done = 0;
        for (MentionPages.Waiting one : waiting) {
            run.progress(done++, waiting.size(), "Drafting replies");
            Duration young = Duration.ofDays(settings.days());
            run.step(one.step(), memory -> new MentionReply(run, one.step(), memory, young).answer(one.id()));
        }
        int drafted = 0;
        int aside = 0;
        for (MentionPages.Waiting one : waiting) {
            Optional<MentionReply.Made> made = run.recalled(one.step(), MentionReply.Made.class).filter(MentionReply.Made::stored);
            drafted += made.filter(each -> each.reason() == null).isPresent() ? 1 : 0;
            aside += made.filter(each -> each.reason() != null).isPresent() ? 1 : 0;
        }
        String made = drafted == 0 ? "No reply was drafted" : "Drafted " + replies(drafted) + (revised == 0 ? "" : "; revised " + revised);
        String outcome = (drafted == 0 && revised > 0 ? "Revised " + replies(revised) : made) + (aside == 0 ? "" : "; " + TweetScraping.count(aside, "mention") + " set aside");
        run.progress(waiting.size(), waiting.size(), outcome);
        return outcome;
    }

    private static String replies(int count) {
        return count + (count == 1 ? " reply" : " replies");
    }

    /** Revises what was sent back, and returns how many of them it was. */
    private int revised(Run run) {
        List<String> wanted = Answers.wanted(run.data().replies(), run.subject(), settings.replies()).stream().map(XReply::revision).toList();
        // A run that is taken up again has the steps about mentions among these.
        List<String> steps = run.plan(wanted).stream().filter(step -> step.startsWith(REVISE)).toList();
        int done = 0;
        int revised = 0;
        for (String step : steps) {
            run.progress(done++, steps.size(), "Revising replies");
            run.step(step, memory -> new ReplyRevision(run, step, memory).revise());
            revised += run.recalled(step, ReplyRevision.Made.class).filter(ReplyRevision.Made::stored).isPresent() ? 1 : 0;
        }
        return revised;
    }

    /** The name of the step that revises a reply. */
    static String revision(Reply reply) {
        return REVISE + Research.step(reply.author() == null ? "a reply" : "@" + reply.author(), reply.id());
    }

    /** The mentions that this run works on: the one that it is about, or those that wait after reading. */
    private List<MentionPages.Waiting> waiting(Run run) {
        Optional<UUID> subject = run.subject();
        if (subject.isPresent()) {
            return run.data().mentions().find(subject.get())
                    .map(mention -> List.of(new MentionPages.Waiting(mention.id(), MentionPages.step(mention)))).orElse(List.of());
        }
        run.step(READ, memory -> new MentionPages(run, memory, settings.mentions(), settings.first(), settings.replies()).read());
        // What could not be read keeps nothing from being answered that was read before.
        return run.recalled(READ, MentionPages.Read.class).map(MentionPages.Read::waiting).filter(found -> !found.isEmpty())
                .orElseGet(() -> MentionPages.waiting(run, settings.replies()));
    }
}
