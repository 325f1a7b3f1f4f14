package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;

/** The rules by which texts of agents are approved without the person. A new one is switched off. */
@Component
public final class ApprovalRules {

    private static final String COLUMNS = "id, name, enabled, kind, agent, min_score, max_characters, max_parts, links, created_at, updated_at";

    private final TenantDoor door;

    ApprovalRules(TenantDoor door) {
        this.door = door;
    }

    /** Returns them by name. */
    public List<ApprovalRule> list(Page page) {
        return door.sql("select " + COLUMNS
                + " from public.approval_rules where user_id = :tenant order by lower(name), id limit :limit offset :offset")
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(ApprovalRules::read);
    }

    public ApprovalRule get(UUID id) {
        return door.sql("select " + COLUMNS + " from public.approval_rules where user_id = :tenant and id = :id")
                .param("id", id)
                .first(ApprovalRules::read)
                .orElseThrow(Failure::notFound);
    }

    /** Returns those that are switched on for a kind of text, the oldest first. */
    List<ApprovalRule> of(TextKind kind) {
        return door.sql("select " + COLUMNS
                + " from public.approval_rules where user_id = :tenant and kind = :kind and enabled order by created_at, id limit 50")
                .param("kind", kind)
                .list(ApprovalRules::read);
    }

    /** Approves a text in review by a rule. The database decides; false if the rule does not apply, or was switched off meanwhile. */
    boolean approve(ReviewedText text, ApprovalRule rule) {
        return door.sql("select public.approve_by_rule(:kind, :id, :rule)")
                .param("kind", text.kind())
                .param("id", text.id())
                .param("rule", rule.id())
                .one(row -> row.getBoolean(1));
    }

    /** Adds a rule, which is switched off unless the input says otherwise. */
    public ApprovalRule add(ApprovalRuleInput input) {
        ApprovalRuleInput.Checked added = input.appliedTo(null);
        return named(() -> {
            ApprovalRule rule = bound("""
                    insert into public.approval_rules (name, kind, agent, min_score, max_characters, max_parts, links)
                    values (:name, :kind, :agent, :min_score, :max_characters, :max_parts, :links) returning\s""" + COLUMNS, added).one(ApprovalRules::read);
            door.audit("approval_rule.added", rule.name());
            return added.enabled() ? switched(rule, true) : rule;
        });
    }

    /**
     * Changes a rule if nobody has changed it since it was read; otherwise 409 {@code changed_meanwhile}.
     *
     * @param seen its {@code updatedAt} when the person began to edit; null overwrites unconditionally
     */
    public ApprovalRule change(UUID id, ApprovalRuleInput input, @Nullable Instant seen) {
        return named(() -> {
            ApprovalRule before = get(id);
            ApprovalRuleInput.Checked changed = input.appliedTo(before);
            if (seen != null && !seen.equals(before.updatedAt())) {
                throw Failure.changedMeanwhile();
            }
            ApprovalRule rule = bound("""
                    update public.approval_rules set name = :name, kind = :kind, agent = :agent, min_score = :min_score, max_characters = :max_characters,
                      max_parts = :max_parts, links = :links, updated_at = now()
                    where user_id = :tenant and id = :id returning\s""" + COLUMNS, changed).param("id", id).one(ApprovalRules::read);
            door.audit("approval_rule.changed", before.name());
            return changed.enabled() == rule.enabled() ? rule : switched(rule, changed.enabled());
        });
    }

    private ApprovalRule switched(ApprovalRule rule, boolean enabled) {
        door.audit(enabled ? "approval_rule.switched_on" : "approval_rule.switched_off", rule.name());
        return door.sql("update public.approval_rules set enabled = :enabled, updated_at = now() where user_id = :tenant and id = :id returning "
                + COLUMNS)
                .param("enabled", enabled)
                .param("id", rule.id())
                .one(ApprovalRules::read);
    }

    /** Deletes a rule. What it approved stays approved. */
    public void delete(UUID id) {
        door.transaction(() -> {
            ApprovalRule rule = get(id);
            door.sql("delete from public.approval_rules where user_id = :tenant and id = :id").param("id", id).update();
            door.audit("approval_rule.deleted", rule.name());
        });
    }

    private ApprovalRule named(Supplier<ApprovalRule> work) {
        try {
            return door.transaction(work);
        } catch (DuplicateKeyException e) {
            throw Failure.invalid("name", "You have a rule of this name already. Choose another.");
        }
    }

    private TenantStatement bound(String sql, ApprovalRuleInput.Checked rule) {
        return door.sql(sql)
                .param("name", rule.name())
                .param("kind", rule.kind())
                .param("agent", rule.agent())
                .param("min_score", rule.minScore())
                .param("max_characters", rule.maxCharacters())
                .param("max_parts", rule.maxParts())
                .param("links", rule.links());
    }

    private static ApprovalRule read(ResultSet row) throws SQLException {
        return new ApprovalRule(
                Columns.id(row),
                row.getString("name"),
                row.getBoolean("enabled"),
                Columns.word(row, "kind", Columns.constant(TextKind.class)),
                row.getString("agent"),
                row.getObject("min_score", Integer.class),
                row.getObject("max_characters", Integer.class),
                row.getObject("max_parts", Integer.class),
                row.getBoolean("links"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
