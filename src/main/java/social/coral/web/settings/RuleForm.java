package social.coral.web.settings;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;
import social.coral.content.ApprovalRule;
import social.coral.content.ApprovalRuleInput;
import social.coral.web.frame.Form;

/**
 * An approval rule as it is typed.
 *
 * @param links {@code on} where texts with links are approved too
 * @param seen the version that the form was filled in for
 */
public record RuleForm(
        @Nullable String name,
        @Nullable String kind,
        @Nullable String agent,
        @BindParam("min_score") @Nullable String minScore,
        @BindParam("max_characters") @Nullable String maxCharacters,
        @BindParam("max_parts") @Nullable String maxParts,
        @Nullable String links,
        @Nullable String seen) {

    static Form blank() {
        return Form.of(new RuleForm("", "thread", "", "", "", "", "", ""));
    }

    static Form of(ApprovalRule rule) {
        return Form.of(new RuleForm(rule.name(), rule.kind().toString(), Objects.toString(rule.agent(), ""), Objects.toString(rule.minScore(), ""),
                Objects.toString(rule.maxCharacters(), ""), Objects.toString(rule.maxParts(), ""), rule.links() ? "on" : "", rule.updatedAt()
                        .toString()));
    }

    ApprovalRuleInput input() {
        return new ApprovalRuleInput(text(name), null, text(kind), text(agent), text(minScore), text(maxCharacters), text(maxParts),
                "on".equals(links));
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
