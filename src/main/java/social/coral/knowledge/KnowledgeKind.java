package social.coral.knowledge;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * A kind of text that can be searched, such as posts. A Spring component of this type needs no other registration in Java; its migration
 * adds the generated column whose foreign key takes the items away with their source.
 */
public interface KnowledgeKind {

    /** The name in the database and the API; it never changes. */
    String name();

    /** Returns those of the current tenant's texts with these ids that are there, as they are in this transaction. */
    List<KnowledgeSource> read(Collection<UUID> ids);
}
