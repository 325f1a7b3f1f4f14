package social.coral.agents.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.coral.agents.Run;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.PostStatus;
import social.coral.content.ReviewNote;
import social.coral.content.ReviewedText;
import social.coral.content.ReviewedTexts;
import social.coral.models.Answer;
import social.coral.models.Material;

/** Takes only whole answers of a model; every other end of a call fails the step that asked, in words for a person. */
final class Answers {

    private static final int MAX_MODEL = 100;
    private static final Page MOST_WANTED = new Page(100, 0);
    private static final Page MOST_NOTES = new Page(50, 0);

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

    /** Those that quote something come first: it can be left out without a model, so that what cannot be done without one keeps nothing else waiting. */
    static <T extends ReviewedText> List<T> wanted(ReviewedTexts<T> texts, Optional<UUID> subject, int most) {
        List<T> sentBack = sentBack(texts, subject);
        if (subject.isPresent()) {
            return sentBack;
        }
        Map<Boolean, List<T>> quoting = sentBack.stream()
                .collect(Collectors.partitioningBy(text -> open(texts, text.id()).stream().anyMatch(note -> note.quote() != null)));
        return Stream.of(true, false).flatMap(quotes -> quoting.getOrDefault(quotes, List.of()).stream()).limit(most).toList();
    }

    /** What an agent is to change, the subject of its run alone where there is one. */
    static <T extends ReviewedText> List<T> sentBack(ReviewedTexts<T> texts, Optional<UUID> subject) {
        return subject.map(id -> texts.find(id).stream()).orElseGet(() -> texts.list(PostStatus.CHANGES_WANTED, MOST_WANTED).stream())
                .filter(ReviewedText::isRevisedByAgent).toList();
    }

    /** What is still wanted of a text. */
    static List<ReviewNote> open(ReviewedTexts<?> texts, UUID id) {
        return texts.notes(id, MOST_NOTES).stream().filter(ReviewNote::open).toList();
    }

    /**
     * What a text consists of without what its notes are about; skipped where that is nothing, or all of it.
     *
     * @param headed whether the first piece only says what the others are
     */
    static List<String> without(List<ReviewNote> notes, List<String> pieces, boolean headed) {
        List<String> kept = pieces.stream().filter(piece -> notes.stream().noneMatch(note -> note.isAbout(piece))).toList();
        if (kept.size() == pieces.size() || kept.stream().skip(headed && kept.contains(pieces.getFirst()) ? 1 : 0).findAny().isEmpty()) {
            throw new Run.Skipped("Without a language model, only words that a note quotes can be left out, and not all of a text. Its notes stay open.");
        }
        return kept;
    }

    /** Says what steps have stored, such as "Wrote 2 threads, revised 1". */
    static String told(List<String> stored, String revision, String thing) {
        int revised = (int) stored.stream().filter(step -> step.startsWith(revision)).count();
        int written = stored.size() - revised;
        return written == 0 ? "Revised " + TweetScraping.count(revised, thing)
                : "Wrote " + TweetScraping.count(written, thing) + (revised == 0 ? "" : ", revised " + revised);
    }

    /** Says what a revision came to. */
    static String revised(ReviewedText text, boolean changed) {
        return (changed ? "Its revision" : "The model changed nothing; it") + stands(text);
    }

    /** Says how far a text has come that was sent to review, after what it is. */
    static String stands(ReviewedText text) {
        return text.status() == PostStatus.APPROVED ? " is approved by a rule of yours" : " is ready for your review";
    }

    /** A note on a text, with the words that it is about. */
    static String noted(ReviewNote note) {
        return (note.quote() == null ? "" : "About “" + note.quote() + "”: ") + note.note();
    }

    static Material material(Material.Kind kind, String text) {
        return new Material(kind, "", text);
    }
}
