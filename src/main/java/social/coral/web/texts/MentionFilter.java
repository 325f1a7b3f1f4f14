package social.coral.web.texts;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.content.Mention;
import social.coral.web.frame.Option;

/** Which of the mentions that were set aside are listed; null or empty for all. */
public record MentionFilter(@Nullable String reason) {

    public static final List<Option> REASONS = Stream.of(Mention.Reason.values()).map(reason -> new Option(reason.toString(), MentionWords.word(reason))).toList();

    Mention.@Nullable Reason wanted() {
        String chosen = Option.chosen("reason", reason, REASONS);
        return Stream.of(Mention.Reason.values()).filter(one -> one.toString().equals(chosen)).findFirst().orElse(null);
    }
}
