package social.coral.knowledge;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import social.coral.api.Failure;

/**
 * A kind of text that can be searched, such as posts. A Spring component of this type needs no other registration in Java; its migration
 * adds the generated column whose foreign key takes the items away with their source.
 */
public interface KnowledgeKind {

    /** An id that comes before that of any text. */
    UUID BEFORE_ALL = new UUID(0, 0);

    /** The name in the database and the API; it never changes. */
    String name();

    /** The table of the texts. Whoever writes it tells the tenant's door which rows change. */
    String table();

    /** Returns those of the current tenant's texts with these ids that are there, as they are in this transaction. */
    List<KnowledgeSource> read(Collection<UUID> ids);

    /** Returns the ids of the current tenant's texts without any piece, in their order and those after {@code after} only; {@link #BEFORE_ALL} for the first. */
    List<UUID> withoutPieces(UUID after, int limit);

    /** Refuses texts that were added or changed, however they came, where they are beyond what the kind allows; {@link Failure}. */
    default void admit(Collection<UUID> changed) {}
}
