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

/** A tenant's personas. Exactly one is the default at all times; the default changes in one step. */
@Component
public final class Personas {

    private final TenantDoor door;

    Personas(TenantDoor door) {
        this.door = door;
    }

    /** The default first, then by name. */
    public List<Persona> list(Page page) {
        return door.sql("""
                select * from public.personas where user_id = :tenant
                order by is_default desc, lower(name), id limit :limit offset :offset
                """)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(Personas::read);
    }

    /** All of them to choose from, the default first, then by name. */
    public List<PersonaName> names() {
        return door.sql("""
                select id, name, tone, is_default from public.personas where user_id = :tenant
                order by is_default desc, lower(name), id limit 100
                """)
                .list(row -> new PersonaName(Columns.id(row), row.getString("name"), row.getString("tone"), row.getBoolean("is_default")));
    }

    /** The one in which agents write that were given no other. */
    public Persona standard() {
        return door.sql("select * from public.personas where user_id = :tenant order by is_default desc, lower(name), id limit 1")
                .first(Personas::read)
                .orElseThrow(Failure::notFound);
    }

    public Persona get(UUID id) {
        return door.sql("select * from public.personas where user_id = :tenant and id = :id")
                .param("id", id)
                .first(Personas::read)
                .orElseThrow(Failure::notFound);
    }

    public Persona add(PersonaInput input) {
        PersonaInput.Checked added = input.appliedTo(null);
        return alone(() -> {
            if (added.isDefault()) {
                clearDefault();
            }
            door.audit("persona.added", added.name());
            return bound("""
                    insert into public.personas (name, is_default, description, tone, humour, enthusiasm, assertiveness, expertise, audience,
                      words_to_use, words_to_avoid, taboo_topics, writing_style, samples, language)
                    values (:name, :is_default, :description, :tone, :humour, :enthusiasm, :assertiveness, :expertise, :audience,
                      :words_to_use, :words_to_avoid, :taboo_topics, :writing_style, :samples, :language)
                    returning *
                    """, added).one(Personas::read);
        });
    }

    /** Changes the given values. To change the default, another persona is made the default; none is ever just unset. */
    public Persona change(UUID id, PersonaInput input) {
        return change(id, input, null);
    }

    /**
     * Changes a persona if nobody has changed it since it was read; otherwise 409 {@code changed_meanwhile}.
     *
     * @param seen its {@code updatedAt} when the person began to edit; null overwrites unconditionally
     */
    public Persona change(UUID id, PersonaInput input, @Nullable Instant seen) {
        return alone(() -> {
            Persona before = get(id);
            PersonaInput.Checked changed = input.appliedTo(before);
            if (seen != null && !seen.equals(before.updatedAt())) {
                throw Failure.changedMeanwhile();
            }
            if (before.isDefault() && !changed.isDefault()) {
                throw Failure.conflict("default_needed", "One persona is always the default. Make another one the default instead.");
            }
            if (!before.isDefault() && changed.isDefault()) {
                clearDefault();
            }
            door.audit("persona.changed", before.name());
            return bound("""
                    update public.personas set name = :name, is_default = :is_default, description = :description, tone = :tone, humour = :humour,
                      enthusiasm = :enthusiasm, assertiveness = :assertiveness, expertise = :expertise, audience = :audience,
                      words_to_use = :words_to_use, words_to_avoid = :words_to_avoid, taboo_topics = :taboo_topics,
                      writing_style = :writing_style, samples = :samples, language = :language, updated_at = now()
                    where user_id = :tenant and id = :id
                    returning *
                    """, changed).param("id", id).one(Personas::read);
        });
    }

    private TenantStatement bound(String sql, PersonaInput.Checked persona) {
        PersonaVoice voice = persona.voice();
        return door.sql(sql)
                .param("name", persona.name())
                .param("is_default", persona.isDefault())
                .param("description", voice.description())
                .param("tone", voice.tone())
                .param("humour", voice.humour())
                .param("enthusiasm", voice.enthusiasm())
                .param("assertiveness", voice.assertiveness())
                .param("expertise", voice.expertise())
                .param("audience", voice.audience())
                .param("words_to_use", voice.wordsToUse().toArray(String[]::new))
                .param("words_to_avoid", voice.wordsToAvoid().toArray(String[]::new))
                .param("taboo_topics", voice.tabooTopics().toArray(String[]::new))
                .param("writing_style", voice.writingStyle())
                .param("samples", voice.samples().toArray(String[]::new))
                .param("language", voice.language());
    }

    public void delete(UUID id) {
        alone(() -> {
            Persona persona = get(id);
            if (persona.isDefault()) {
                throw Failure.conflict("default_needed", "The default persona cannot be deleted. Make another one the default first.");
            }
            door.audit("persona.deleted", persona.name());
            return door.sql("delete from public.personas where user_id = :tenant and id = :id").param("id", id).update();
        });
    }

    private void clearDefault() {
        door.sql("update public.personas set is_default = false, updated_at = now() where user_id = :tenant and is_default").update();
    }

    // Serializes changes to one tenant's personas, so that two at once leave one default and respect the limit.
    private <T extends Object> T alone(Supplier<T> work) {
        try {
            return door.transaction(() -> {
                door.lockTenant();
                return work.get();
            });
        } catch (DuplicateKeyException e) {
            throw Failure.conflict("already_exists", "A persona with this name already exists.");
        }
    }

    private static Persona read(ResultSet row) throws SQLException {
        return new Persona(
                Columns.id(row),
                Columns.id(row, "user_id"),
                row.getString("name"),
                voice(row),
                row.getBoolean("is_default"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }

    private static PersonaVoice voice(ResultSet row) throws SQLException {
        return new PersonaVoice(
                row.getString("description"),
                row.getString("tone"),
                row.getInt("humour"),
                row.getInt("enthusiasm"),
                row.getInt("assertiveness"),
                row.getString("expertise"),
                row.getString("audience"),
                texts(row, "words_to_use"),
                texts(row, "words_to_avoid"),
                texts(row, "taboo_topics"),
                row.getString("writing_style"),
                texts(row, "samples"),
                row.getString("language"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
