package social.coral.agents.pipeline;

import social.coral.api.Failure;
import social.coral.content.PostStatus;
import social.coral.content.ReviewedText;
import social.coral.models.Answer;
import social.coral.models.Material;

/** Takes only whole answers of a model; every other end of a call fails the step that asked, in words for a person. */
final class Answers {

    private static final int MAX_MODEL = 100;

    private Answers() {}

    static Answer.Text text(Answer answer) {
        if (answer instanceof Answer.Text text) {
            return text;
        }
        throw none(answer);
    }

    static Answer.Json json(Answer answer) {
        if (answer instanceof Answer.Json json) {
            return json;
        }
        throw none(answer);
    }

    private static Failure none(Answer answer) {
        return Failure.conflict("no_answer", switch (answer) {
            case Answer.Refused refused -> "The model declined to answer.";
            case Answer.Truncated truncated -> "The model's answer was longer than it may be. Allow it more output under Agents, Model.";
            case Answer.Empty empty -> "The model answered nothing.";
            case Answer.Unfinished unfinished -> "The model's answer broke off.";
            case Answer.Invalid invalid -> "The model's answer was not in the form that was asked for.";
            case Answer.Text text -> "The model answered in words and not in the form that was asked for.";
            case Answer.Json json -> "The model answered in another form than words.";
        });
    }

    /** The model that answered, as a text is marked with it. */
    static String model(Answer answer) {
        String model = answer.details().model().strip();
        return model.isEmpty() ? "a model" : model.substring(0, Math.min(model.length(), MAX_MODEL));
    }

    /** Says how far a text has come that was sent to review, after what it is. */
    static String stands(ReviewedText text) {
        return text.status() == PostStatus.APPROVED ? " is approved by a rule of yours" : " is ready for your review";
    }

    static Material material(Material.Kind kind, String text) {
        return new Material(kind, "", text);
    }
}
