package social.coral.web.posts;

import social.coral.web.frame.Form;

/**
 * The box in which a post is written.
 *
 * @param action where it is sent
 * @param back where to go without saving; empty where the box stands in the list itself
 */
public record ComposerView(String action, Form form, PreviewView preview, String back) {

    static ComposerView fresh() {
        return of("/tweets/mine", Form.empty().with("content", ""), "");
    }

    static ComposerView of(String action, Form form, String back) {
        return new ComposerView(action, form, PreviewView.of(form.value("content")), back);
    }
}
