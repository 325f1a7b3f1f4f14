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

    public Persona get(UUID id) {
        return door.sql("select * from public.personas where user_id = :tenant and id = :id")
                .param("id", id)
                .first(Personas::read)
                .orElseThrow(Failure::notFound);
    }

    public Persona add(PersonaInput input) {
        PersonaInput checked = input.checked(true);
        return alone(() -> {
            if (Boolean.TRUE.equals(checked.isDefault())) {
                clearDefault();
            }
            door.audit("persona.added", String.valueOf(checked.name()));
            return door.sql("""
                    insert into public.personas (name, description, tone, is_default)
                    values (:name, coalesce(:description, ''), coalesce(:tone, 'professional'), coalesce(:is_default, false))
                    returning *
                    """)
                    .param("name", checked.name())
                    .param("description", checked.description())
                    .param("tone", checked.tone())
                    .param("is_default", checked.isDefault())
                    .one(Personas::read);
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
        PersonaInput checked = input.checked(false);
        return alone(() -> {
            Persona before = get(id);
            if (seen != null && !seen.equals(before.updatedAt())) {
                throw Failure.changedMeanwhile();
            }
            if (before.isDefault() && Boolean.FALSE.equals(checked.isDefault())) {
                throw Failure.conflict("default_needed", "One persona is always the default. Make another one the default instead.");
            }
            if (!before.isDefault() && Boolean.TRUE.equals(checked.isDefault())) {
                clearDefault();
            }
            door.audit("persona.changed", before.name());
            return door.sql("""
                    update public.personas set
                      name = coalesce(:name, name), description = coalesce(:description, description), tone = coalesce(:tone, tone),
                      is_default = coalesce(:is_default, is_default), updated_at = now()
                    where user_id = :tenant and id = :id
                    returning *
                    """)
                    .param("name", checked.name())
                    .param("description", checked.description())
                    .param("tone", checked.tone())
                    .param("is_default", checked.isDefault())
                    .param("id", id)
                    .one(Personas::read);
        });
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
                row.getString("description"),
                row.getString("tone"),
                row.getBoolean("is_default"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
