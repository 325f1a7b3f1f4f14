package social.coral.web.texts;

import java.util.List;
import social.coral.content.ReviewedText;
import social.coral.content.ReviewedTexts;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;

/** The pages of a kind of text that is one part without a title. */
abstract class OnePartPages<T extends ReviewedText> extends TextPages<T> {

    OnePartPages(ReviewedTexts<T> texts, TextPlace place, TextDesk desk) {
        super(texts, place, desk);
    }

    @Override
    List<String> parts(Form form) {
        return List.of(form.value("content"));
    }

    @Override
    List<ConcurrentEdit.Stored> labelled(Form form) {
        return List.of(ConcurrentEdit.Stored.of("Text", form.value("content")));
    }

    @Override
    String firstField() {
        return "content";
    }
}
