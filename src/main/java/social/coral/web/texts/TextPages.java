package social.coral.web.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.ConversationPost;
import social.coral.content.PostStatus;
import social.coral.content.ReviewedText;
import social.coral.content.ReviewedTexts;
import social.coral.content.TextChange;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;
import social.coral.web.frame.Listing;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Selection;
import social.coral.web.frame.Toast;
import social.coral.web.posts.StatusWords;

/** What the pages of all kinds of text have in common: the list, one text, its words, and its end. */
abstract class TextPages<T extends ReviewedText> extends TextStepPages<T> {

    private static final Page SOME_NOTES = new Page(50, 0);
    private static final Page LAST_VERSIONS = new Page(5, 0);
    private static final Page ALL = new Page(Page.MAX_LIMIT, 0);

    TextPages(ReviewedTexts<T> texts, TextPlace place, TextDesk desk) {
        super(texts, place, desk);
    }

    /** The words of a text as its form has them. */
    abstract Form words(T text);

    /** The parts of the text in the form. */
    abstract List<String> parts(Form form);

    /** The same words, each under its label. */
    abstract List<ConcurrentEdit.Stored> labelled(Form form);

    /** The form of a new text, with what is typed in it. */
    abstract ModelAndView blank(Form form);

    /** The page of a text. */
    abstract ModelAndView page(T text, TextView view);

    /** What the texts of a list answer, by the ids of those posts. */
    Map<UUID, ConversationPost> answered(List<T> listed) {
        return Map.of();
    }

    /** The field beside which is said what is about the whole text. */
    String firstField() {
        return "title";
    }

    /** Puts what was refused beside the fields of the form. */
    Form told(Form typed, Failure refused) {
        return typed.refused(refused);
    }

    @GetMapping
    ModelAndView list(TextFilter filter, Page page) {
        Listing<TextFilter, T> list = listing(filter, page);
        return listed(PageResult.list("texts/list", list)
                .addObject("place", place)
                .addObject("answered", answered(list.rows()))
                .addObject("writers", desk.writers())
                .addObject("statuses", StatusWords.options(texts.statuses(), list.value("status"))), list.rows());
    }

    /** The texts that a filter leaves, a page of them. */
    Listing<TextFilter, T> listing(TextFilter filter, Page page) {
        return Listing.of(place.path(), filter, page,
                usable -> texts.list(usable.wanted(), usable.words(), usable.oldestFirst(), page),
                usable -> texts.count(usable.wanted(), usable.words(), page.countLimit()));
    }

    /** Adds what only the list of this kind shows. */
    ModelAndView listed(ModelAndView page, List<T> rows) {
        return page;
    }

    /**
     * Approves those that are selected, each as it was seen: nobody approves words that they have not read.
     *
     * @param seen the versions that the list showed
     * @param one the only one to approve, whatever is selected
     */
    @PostMapping("/selected/approve")
    ModelAndView approve(
            Selection selection, @RequestParam(defaultValue = "") List<String> seen, @RequestParam(defaultValue = "") String one) {
        List<Seen> shown = (one.isEmpty() ? seen : List.of(one)).stream().limit(Page.MAX_LIMIT).flatMap(version -> Seen.parse(version).stream())
                .toList();
        List<UUID> chosen = one.isEmpty() ? selection.ids() : shown.stream().map(Seen::id).toList();
        if (chosen.isEmpty()) {
            return backTo(selection.back(), Toast.problem("Select at least one " + place.one() + " first."));
        }
        List<Approvals.Refused> refused = new ArrayList<>();
        for (UUID id : chosen) {
            try {
                texts.change(id, TextChange.to(PostStatus.APPROVED), Seen.of(id, shown));
            } catch (Failure failure) {
                refused.add(new Approvals.Refused(named(id), failure.sentence()));
            }
        }
        return backTo(selection.back(), Approvals.told(place, chosen.size() - refused.size(), refused));
    }

    private String named(UUID id) {
        try {
            return TextView.name(texts.get(id));
        } catch (Failure gone) {
            return "A deleted " + place.one();
        }
    }

    @GetMapping("/new")
    ModelAndView blank() {
        return blank(Form.empty());
    }

    @GetMapping("/{id}")
    ModelAndView one(@PathVariable UUID id) {
        T text = texts.get(id);
        return show(text, words(text), false, null);
    }

    ModelAndView show(T text, Form form, boolean editing, @Nullable ConcurrentEdit meanwhile) {
        return opened(text, form.with(ConcurrentEdit.SEEN, text.updatedAt().toString()), editing, meanwhile);
    }

    /** As above, for a form that knows which version it was filled in for. */
    ModelAndView opened(T text, Form form, boolean editing, @Nullable ConcurrentEdit meanwhile) {
        return page(text, new TextView(text, form, editing, meanwhile,
                texts.notes(text.id(), SOME_NOTES), texts.versions(text.id(), LAST_VERSIONS),
                desk.marks().of(text, form.value("title"), parts(form)), texts.approvals(text.id(), SOME_NOTES), desk.writers(), desk.quoted(text),
                desk.postingCost(text), text.status() == PostStatus.CHANGES_WANTED ? desk.reviser(text) : null));
    }

    ModelAndView saved(UUID id, Form typed, TextChange change) {
        try {
            PostStatus before = texts.get(id).status();
            T text = texts.change(id, change, ConcurrentEdit.seen(typed.value(ConcurrentEdit.SEEN)));
            boolean again = text.status() == PostStatus.DRAFT && before != PostStatus.DRAFT;
            return PageResult.seeOther(place.of(id), Toast.done(again ? "Saved as a draft again. It needs a new approval." : "Saved."));
        } catch (Failure refused) {
            return switch (refused.code()) {
                case "changed_meanwhile" -> changedMeanwhile(texts.get(id), typed);
                // The words outlive the text that they were meant for.
                case "not_found" -> PageResult.refused(blank(typed.refused(firstField(), 
                        "This " + place.one() + " has been deleted. Save to keep your words as a new draft.")));
                default -> {
                    if (refused.errors().isEmpty()) {
                        throw refused;
                    }
                    yield PageResult.refused(show(texts.get(id), told(typed, refused), true, null));
                }
            };
        }
    }

    private ModelAndView changedMeanwhile(T now, Form typed) {
        List<ConcurrentEdit.Stored> stored = labelled(words(now));
        List<String> words = new ArrayList<>(labelled(typed).stream().map(ConcurrentEdit.Stored::value).toList());
        while (words.size() < stored.size()) {
            words.add("");
        }
        return PageResult.refused(show(now, typed, true, ConcurrentEdit.of(stored, words, place.of(now.id()))));
    }

    @GetMapping("/{id}/delete")
    ModelAndView askBeforeDeleting(@PathVariable UUID id) {
        return PageResult.page("texts/delete")
                .addObject("text", texts.get(id))
                .addObject("losses", TextView.losses(Math.max(1, texts.versions(id, ALL).size()), texts.notes(id, ALL).size()));
    }

    @PostMapping("/{id}/delete")
    ModelAndView delete(@PathVariable UUID id) {
        try {
            texts.delete(id);
        } catch (Failure refused) {
            boolean gone = refused.code().equals("not_found");
            return PageResult.seeOther(gone ? place.path() : place.of(id), Toast.problem(
                    gone ? "This " + place.one() + " has already been deleted." : refused.sentence()));
        }
        return PageResult.seeOther(place.path(), Toast.done("Deleted the " + place.one() + "."));
    }

    private ModelAndView backTo(@Nullable String list, Toast toast) {
        return PageResult.seeOther(LocalPath.or(list, place.path()), toast);
    }
}
