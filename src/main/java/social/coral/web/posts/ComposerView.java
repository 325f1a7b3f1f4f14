package social.coral.web.posts;

import org.jspecify.annotations.Nullable;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;

/**
 * The box in which a post is written.
 *
 * @param action where it is sent
 * @param back where to go without saving; empty where the box stands in the list itself
 * @param meanwhile what was saved since the box was shown; null when nothing was
 */
public record ComposerView(String action, Form form, PreviewView preview, String back, @Nullable ConcurrentEdit meanwhile) {

    static ComposerView fresh() {
        return of("/tweets/mine", Form.empty().with("content", ""), "");
    }

    ComposerView with(ConcurrentEdit saved) {
        return new ComposerView(action, form, preview, back, saved);
    }

    static ComposerView of(String action, Form form, String back) {
        return new ComposerView(action, form, PreviewView.of(form.value("content")), back, null);
    }
}
