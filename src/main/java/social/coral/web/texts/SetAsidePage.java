package social.coral.web.texts;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.Mention;
import social.coral.content.Mentions;
import social.coral.content.MutedAuthor;
import social.coral.content.MutedAuthors;
import social.coral.web.frame.Listing;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Which mentions get no reply, and was that right? */
@Controller
@RequestMapping(SetAsidePage.PATH)
final class SetAsidePage {

    static final String PATH = "/replies/set-aside";

    private static final Page ALL_MUTED = new Page(Page.MAX_LIMIT, 0);

    private final Mentions mentions;
    private final MutedAuthors muted;
    private final Agents agents;

    SetAsidePage(Mentions mentions, MutedAuthors muted, Agents agents) {
        this.mentions = mentions;
        this.muted = muted;
        this.agents = agents;
    }

    @GetMapping
    ModelAndView list(MentionFilter filter, Page page) {
        Listing<MentionFilter, Mention> list = Listing.of(PATH, filter, page,
                usable -> mentions.list(Mention.State.SET_ASIDE, usable.wanted(), page),
                usable -> mentions.count(Mention.State.SET_ASIDE, usable.wanted(), page.countLimit()));
        List<MutedAuthor> authors = muted.list(ALL_MUTED);
        Set<String> ids = authors.stream().map(MutedAuthor::authorId).collect(Collectors.toSet());
        return PageResult.list("replies/set-aside", list).addObject("muted", authors).addObject("mutedIds", ids)
                .addObject("keyless", agents.get(Agents.REPLIES).keyless());
    }

    /** Overrules an agent: another run drafts a reply. */
    @PostMapping("/{id}/answer")
    ModelAndView answer(@PathVariable UUID id, @RequestParam(defaultValue = "") String back) {
        String there = LocalPath.or(back, PATH);
        try {
            mentions.want(id);
        } catch (Failure refused) {
            return PageResult.seeOther(there, Toast.problem(refused.code().equals("not_found") ? "This mention is not there any more." : refused.sentence()));
        }
        try {
            return PageResult.seeOther("/runs/" + agents.run(Agents.REPLIES, id).id());
        } catch (Failure later) {
            return PageResult.seeOther(there, Toast.done("The next run drafts a reply to it. It does not start now: " + later.sentence()));
        }
    }

    @PostMapping("/{id}/mute")
    ModelAndView mute(@PathVariable UUID id, @RequestParam(defaultValue = "") String back) {
        String there = LocalPath.or(back, PATH);
        try {
            MutedAuthor author = muted.mute(id);
            return PageResult.seeOther(there, Toast.done("@" + author.author() + " is muted. No agent answers what this author writes."));
        } catch (Failure refused) {
            return PageResult.seeOther(there, Toast.problem(refused.code().equals("not_found") ? "This mention is not there any more." : refused.sentence()));
        }
    }

    /** @param id of the row of a muted author */
    @PostMapping("/muted/{id}/unmute")
    ModelAndView unmute(@PathVariable UUID id) {
        try {
            muted.unmute(id);
            return PageResult.seeOther(PATH, Toast.done("This author is no longer muted."));
        } catch (Failure gone) {
            return PageResult.seeOther(PATH, Toast.problem("This author is not muted."));
        }
    }
}
