package social.coral.knowledge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.api.StorableText;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** What the current tenant's agents have noted. Each agent has names of its own, and one note under each. */
@Component
public class Notes {

    public static final String KIND = "note";
    public static final int MAX_LENGTH = 10_000;
    public static final int MAX_OF_AN_AGENT = 5_000;

    static final String TABLE = "agent_notes";

    private static final int MAX_NAME = 100;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{1,48}");

    private final TenantDoor door;

    Notes(TenantDoor door) {
        this.door = door;
    }

    /**
     * Keeps a text under the agent's name for it, in place of the one that was there. The same text again changes nothing.
     *
     * @param language a language tag such as {@code de}; null when it is not known
     */
    public void keep(String agent, String name, String text, @Nullable String language) {
        requireFit("name", "A note's name", name, MAX_NAME);
        requireFit("text", "A note", text, MAX_LENGTH);
        door.transaction(() -> {
            List<UUID> written = door.sql("""
                    insert into public.agent_notes as note (agent, name, content, lang, updated_at) values (:agent, :name, :content, cast(:lang as text), now())
                    on conflict (user_id, agent, name) do update set content = excluded.content, lang = excluded.lang, updated_at = excluded.updated_at
                    where note.content <> excluded.content or note.lang is distinct from excluded.lang
                    returning id
                    """)
                    .param("agent", agent)
                    .param("name", name)
                    .param("content", text)
                    .param("lang", language != null && LANGUAGE.matcher(language).matches() ? language : null)
                    .list(Columns::id);
            door.changed(TABLE, written);
        });
    }

    private static void requireFit(String field, String what, String text, int most) {
        if (text.isBlank()) {
            throw Failure.invalid(field, what + " cannot be empty.");
        }
        if (text.length() > most) {
            throw Failure.invalid(field, "%s can have %,d characters at most. This one has %,d.".formatted(what, most, text.length()));
        }
        if (!StorableText.isValid(text)) {
            throw Failure.invalid(field, what + " has a character that cannot be stored.");
        }
    }

    /** Forgets what the agent has under a name, if anything. */
    public void drop(String agent, String name) {
        door.transaction(() -> door.sql("delete from public.agent_notes where user_id = :tenant and agent = :agent and name = :name returning agent, name")
                .param("agent", agent)
                .param("name", name)
                .list(Notes::subject)
                .forEach(this::enter));
    }

    /** Forgets a note for good. */
    public void forget(UUID id) {
        door.transaction(() -> enter(door.sql("delete from public.agent_notes where user_id = :tenant and id = :id returning agent, name")
                .param("id", id)
                .first(Notes::subject)
                .orElseThrow(Failure::notFound)));
    }

    private static String subject(ResultSet row) throws SQLException {
        return row.getString("name") + " of " + row.getString("agent");
    }

    private void enter(String subject) {
        door.removed(TABLE);
        door.audit("note.forgotten", subject);
    }

    /** Lists notes, the newest first. */
    public List<Note> list(Page page) {
        return door.sql("select * from public.agent_notes where user_id = :tenant order by updated_at desc, id limit :limit offset :offset")
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(Notes::read);
    }

    public Note get(UUID id) {
        return door.sql("select * from public.agent_notes where user_id = :tenant and id = :id").param("id", id).first(Notes::read)
                .orElseThrow(Failure::notFound);
    }

    public int count() {
        return door.sql("select count(*) from public.agent_notes where user_id = :tenant").one(row -> row.getInt(1));
    }

    private static Note read(ResultSet row) throws SQLException {
        return new Note(Columns.id(row), Columns.id(row, "user_id"), row.getString("agent"), row.getString("name"), row.getString("content"),
                row.getString("lang"), Columns.instant(row, "created_at"), Columns.instant(row, "updated_at"));
    }
}
