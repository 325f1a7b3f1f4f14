package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.networks.Network;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The authors whom no agent of the tenant's answers. */
@Component
public final class MutedAuthors {

    private final TenantDoor door;
    private final Mentions mentions;

    MutedAuthors(TenantDoor door, Mentions mentions) {
        this.door = door;
        this.mentions = mentions;
    }

    /** Mutes the author of a mention: what they write is set aside from now on. */
    public MutedAuthor mute(UUID id) {
        return door.transaction(() -> {
            Mention mention = mentions.get(id);
            boolean added = door.sql("""
                    insert into public.muted_authors (network, author_id, author) values (:network, :author_id, :author)
                    on conflict (user_id, network, author_id) do nothing
                    """)
                    .param("network", mention.network())
                    .param("author_id", mention.authorId())
                    .param("author", mention.author())
                    .update() > 0;
            if (added) {
                door.audit("author.muted", "@" + mention.author());
            }
            return door.sql("""
                    select id, user_id, network, author_id, author, created_at from public.muted_authors
                    where user_id = :tenant and network = :network and author_id = :author_id
                    """)
                    .param("network", mention.network())
                    .param("author_id", mention.authorId())
                    .one(MutedAuthors::read);
        });
    }

    /** Reports whether its author is muted. */
    public boolean isMuted(Mention mention) {
        return door.sql("select 1 from public.muted_authors where user_id = :tenant and network = :network and author_id = :author_id")
                .param("network", mention.network())
                .param("author_id", mention.authorId())
                .first(row -> true).isPresent();
    }

    /** Lists muted authors, the last one first. */
    public List<MutedAuthor> list(Page page) {
        return door.sql("""
                select id, user_id, network, author_id, author, created_at from public.muted_authors
                where user_id = :tenant order by created_at desc, id limit :limit offset :offset
                """)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(MutedAuthors::read);
    }

    /** Lets agents answer an author again. */
    public void unmute(UUID id) {
        door.transaction(() -> {
            String author = door.sql("delete from public.muted_authors where user_id = :tenant and id = :id returning author")
                    .param("id", id)
                    .first(row -> row.getString(1)).orElseThrow(Failure::notFound);
            door.audit("author.unmuted", "@" + author);
        });
    }

    private static MutedAuthor read(ResultSet row) throws SQLException {
        return new MutedAuthor(Columns.id(row), Columns.id(row, "user_id"), Columns.word(row, "network", Network::of), row.getString("author_id"), row.getString("author"),
                Columns.instant(row, "created_at"));
    }
}
