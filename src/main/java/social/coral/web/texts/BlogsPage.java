package social.coral.web.texts;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.api.Failure;
import social.coral.content.Blog;
import social.coral.content.Blogs;
import social.coral.content.Critiques;
import social.coral.content.TextChange;
import social.coral.content.TextSource;
import social.coral.tenancy.CostlyWork;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Is this text good? The blog posts. */
@Controller
@RequestMapping("/blogs")
class BlogsPage extends TextPages<Blog> {

    private final Blogs blogs;
    private final Critiques critiques;
    private final Agents agents;
    private final CostlyWork costly;

    BlogsPage(Blogs blogs, Critiques critiques, Agents agents, CostlyWork costly, TextDesk desk) {
        super(blogs, TextPlace.BLOGS, desk);
        this.blogs = blogs;
        this.critiques = critiques;
        this.agents = agents;
        this.costly = costly;
    }

    @Override
    Form words(Blog blog) {
        return typed(blog.title(), blog.content());
    }

    private static Form typed(String title, String content) {
        return Form.empty().with("title", title).with("content", content.replace("\r\n", "\n"));
    }

    @Override
    List<String> parts(Form form) {
        return List.of(form.value("content"));
    }

    @Override
    List<ConcurrentEdit.Stored> labelled(Form form) {
        return List.of(ConcurrentEdit.Stored.of("Title", form.value("title")), ConcurrentEdit.Stored.of("Text", form.value("content")));
    }

    @Override
    ModelAndView blank(Form form) {
        return PageResult.page("blogs/blank").addObject("form", form);
    }

    @Override
    ModelAndView page(Blog blog, TextView view) {
        return PageResult.page("blogs/show").addObject("blog", blog).addObject("view", view)
                .addObject("critique", critiques.latest(blog.id()).orElse(null))
                .addObject("becomesThread", agents.canWorkOn(Agents.THREADS, blog.id()));
    }

    @PostMapping("/new")
    ModelAndView write(@RequestParam(defaultValue = "") String title, @RequestParam(defaultValue = "") String content) {
        try {
            return PageResult.seeOther(place.of(blogs.write(title, content.replace("\r\n", "\n")).id()), Toast.done("Saved as a draft."));
        } catch (Failure refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return PageResult.refused(blank(typed(title, content).refused(refused)));
        }
    }

    @PostMapping("/{id}")
    ModelAndView save(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String content,
            @RequestParam(defaultValue = "") String seen) {
        Form typed = typed(title, content);
        return saved(id, typed.with(ConcurrentEdit.SEEN, seen), TextChange.words(title, List.of(typed.value("content"))));
    }

    /**
     * Shows how what is being typed will look; stores nothing.
     *
     * @param of the text that is being edited, to whose sources the words refer
     */
    @PostMapping("/preview")
    ModelAndView preview(
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String content,
            @RequestParam(required = false) @Nullable UUID of)
            throws IOException {
        Blog blog = of == null ? null : blogs.get(of);
        List<TextSource> sources = blog == null ? List.of() : blog.sources();
        return costly.inTurn(() -> PageResult.page("blogs/article")
                .addObject("title", title).addObject("content", content).addObject("sources", sources)
                .addObject("marks", blog == null ? List.of() : desk.marks().of(blog, title, List.of(content.replace("\r\n", "\n")))));
    }
}
