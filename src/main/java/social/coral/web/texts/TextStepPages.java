package social.coral.web.texts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.NoteInput;
import social.coral.content.PostStatus;
import social.coral.content.ReviewedText;
import social.coral.content.ReviewedTexts;
import social.coral.content.TextChange;
import social.coral.content.TextVersion;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;
import social.coral.web.posts.StatusWords;

/** The steps of a text of any kind: approved, sent back, scheduled, restored. Each is taken on the words that were seen. */
abstract class TextStepPages<T extends ReviewedText> {

    private static final Page ALL_VERSIONS = new Page(Page.MAX_LIMIT, 0);
    private static final String SEEN_AGAIN = "The text was changed in another window. Send this again if it still holds for the words that are there now.";

    final ReviewedTexts<T> texts;
    final TextPlace place;
    final TextDesk desk;

    TextStepPages(ReviewedTexts<T> texts, TextPlace place, TextDesk desk) {
        this.texts = texts;
        this.place = place;
        this.desk = desk;
    }

    @PostMapping("/{id}/status")
    ModelAndView move(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String seen,
            @RequestParam(defaultValue = "") String back) {
        try {
            T text = texts.change(id, TextChange.to(PostStatus.of("status", status)), ConcurrentEdit.seen(seen));
            return PageResult.seeOther(LocalPath.or(back, place.of(id)), Toast.done(StatusWords.moved(text.status())));
        } catch (Failure refused) {
            if (refused.code().equals("not_found")) {
                throw refused;
            }
            return PageResult.seeOther(place.of(id), Toast.problem(refused.sentence()));
        }
    }

    @GetMapping("/{id}/changes")
    ModelAndView askForChanges(@PathVariable UUID id) {
        return changes(texts.get(id), Form.empty());
    }

    /** Sends the text back with a note. */
    @PostMapping("/{id}/changes")
    ModelAndView sendBack(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "") String quote,
            @RequestParam(defaultValue = "") String seen) {
        Form typed = Form.empty().with("note", note).with("quote", quote);
        try {
            texts.sendBack(id, List.of(new NoteInput(note, quote)), ConcurrentEdit.seen(seen));
            return PageResult.seeOther(place.of(id), Toast.done("Sent back with your note."));
        } catch (Failure refused) {
            return PageResult.refused(changes(texts.get(id), beside("note", typed, refused)));
        }
    }

    private ModelAndView changes(T text, Form form) {
        return PageResult.page("texts/changes")
                .addObject("text", text)
                .addObject("reviser", desk.reviser(text))
                .addObject("form", form.with(ConcurrentEdit.SEEN, text.updatedAt().toString()));
    }

    @GetMapping("/{id}/schedule")
    ModelAndView plan(@PathVariable UUID id) {
        T text = texts.get(id);
        return plan(text, PlanForm.of(text, desk.ownZone(), desk.now()));
    }

    /** Schedules the text, which approves what a person wrote. */
    @PostMapping("/{id}/schedule")
    ModelAndView schedule(@PathVariable UUID id, PlanForm sent) {
        Form typed = Form.of(sent);
        try {
            texts.change(id, sent.change(), ConcurrentEdit.seen(typed.value(ConcurrentEdit.SEEN)));
            return PageResult.seeOther(place.of(id), Toast.done("Scheduled."));
        } catch (Failure refused) {
            return PageResult.refused(plan(texts.get(id), beside("scheduled_for", typed, refused)));
        }
    }

    private static ModelAndView plan(ReviewedText text, Form form) {
        return PageResult.page("texts/schedule").addObject("text", text).addObject("form", form.with(ConcurrentEdit.SEEN, text.updatedAt().toString()));
    }

    /** What is refused for no field is told beside the first one; what is gone is gone. */
    private static Form beside(String field, Form typed, Failure refused) {
        if (refused.code().equals("not_found")) {
            throw refused;
        }
        String told = refused.code().equals("changed_meanwhile") ? SEEN_AGAIN : refused.sentence();
        return refused.errors().isEmpty() ? typed.refused(field, told) : typed.refused(refused);
    }

    /** @param number the version to show; the newest without */
    @GetMapping("/{id}/versions")
    ModelAndView versions(@PathVariable UUID id, @RequestParam(required = false) @Nullable Integer number) {
        T text = texts.get(id);
        List<TextVersion> all = texts.versions(id, ALL_VERSIONS);
        return PageResult.page("texts/versions", VersionsView.of(text, all, number, desk.writers()));
    }

    @PostMapping("/{id}/versions/{number}/restore")
    ModelAndView restore(@PathVariable UUID id, @PathVariable int number, @RequestParam(defaultValue = "") String seen) {
        try {
            texts.restore(id, number, ConcurrentEdit.seen(seen));
            return PageResult.seeOther(place.of(id), Toast.done("Version " + number + " is restored."));
        } catch (Failure refused) {
            if (refused.code().equals("not_found")) {
                throw refused;
            }
            return PageResult.seeOther(place.of(id) + "/versions", Toast.problem(refused.sentence()));
        }
    }
}
