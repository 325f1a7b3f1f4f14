package social.coral.web.texts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.content.TextChange;
import social.coral.content.TweetThread;
import social.coral.content.TweetThreads;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** May this go out in my name? The threads. */
@Controller
@RequestMapping("/threads")
class ThreadsPage extends TextPages<TweetThread> {

    private static final Pattern PART = Pattern.compile("parts\\[(\\d{1,2})]\\.content");

    private final TweetThreads threads;

    ThreadsPage(TweetThreads threads, TextDesk desk) {
        super(threads, TextPlace.THREADS, desk);
        this.threads = threads;
    }

    @Override
    Form words(TweetThread thread) {
        return new ThreadParts(thread.texts()).in(Form.empty().with("title", thread.title()));
    }

    private static Form typed(Map<String, String> sent) {
        return ThreadParts.of(sent).in(besideParts(sent));
    }

    private static Form besideParts(Map<String, String> sent) {
        return Form.empty().with("title", sent.getOrDefault("title", "")).with(ConcurrentEdit.SEEN, sent.getOrDefault(ConcurrentEdit.SEEN, ""));
    }

    @Override
    List<String> parts(Form form) {
        return ThreadParts.of(form).texts();
    }

    @Override
    List<ConcurrentEdit.Stored> labelled(Form form) {
        List<ConcurrentEdit.Stored> values = new ArrayList<>();
        values.add(ConcurrentEdit.Stored.of("Title", form.value("title")));
        List<String> parts = ThreadParts.of(form).texts();
        for (int i = 0; i < parts.size(); i++) {
            values.add(ConcurrentEdit.Stored.of("Part " + (i + 1), parts.get(i)));
        }
        return values;
    }

    /** The name of a part's field in a page is another than in the API. */
    @Override
    Form told(Form typed, Failure refused) {
        Form told = typed;
        for (Failure.FieldError error : refused.errors()) {
            told = told.refused(PART.matcher(error.field()).replaceAll("part_$1"), error.message());
        }
        return told;
    }

    @Override
    ModelAndView blank(Form form) {
        return PageResult.page("threads/blank").addObject("form", form);
    }

    @Override
    ModelAndView page(TweetThread thread, TextView view) {
        return PageResult.page("threads/show").addObject("thread", thread).addObject("view", view);
    }

    @PostMapping("/new")
    ModelAndView write(@RequestParam Map<String, String> sent) {
        Form typed = typed(sent);
        try {
            TweetThread draft = threads.write(typed.value("title"), ThreadParts.of(typed).texts());
            return PageResult.seeOther(place.of(draft.id()), Toast.done("Saved as a draft."));
        } catch (Failure refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused(blank(told(typed, refused)));
        }
    }

    @PostMapping("/{id}")
    ModelAndView save(@PathVariable UUID id, @RequestParam Map<String, String> sent) {
        Form typed = typed(sent);
        return saved(id, typed, TextChange.words(typed.value("title"), ThreadParts.of(sent).texts()));
    }

    /** Adds, moves or removes a part in the form; stores nothing. */
    @PostMapping("/new/arrange")
    ModelAndView arrange(@RequestParam Map<String, String> sent, @RequestParam(defaultValue = "") String act) {
        return blank(arranged(sent, act));
    }

    @PostMapping("/{id}/arrange")
    ModelAndView arrange(@PathVariable UUID id, @RequestParam Map<String, String> sent, @RequestParam(defaultValue = "") String act) {
        return opened(threads.get(id), arranged(sent, act), true, null);
    }

    private static Form arranged(Map<String, String> sent, String act) {
        ThreadParts parts = ThreadParts.of(sent);
        return parts.after(act).in(besideParts(sent)).with("open", ThreadParts.touched(act, parts.texts().size()));
    }

    /**
     * Shows the length of what is being typed and how it will look; stores nothing.
     *
     * @param part the number of the part, from 0
     * @param id the thread whose sources it is checked against; null for a new one
     */
    @PostMapping("/preview")
    ModelAndView preview(@RequestParam Map<String, String> sent, @RequestParam(defaultValue = "0") int part, @RequestParam(defaultValue = "1") int of,
            @RequestParam(required = false) @Nullable UUID id)
            throws IOException {
        return desk.preview(sent.getOrDefault(ThreadParts.field(part), ""), id == null ? null : threads.get(id))
                .addObject("title", ThreadParts.title(part, of));
    }
}
