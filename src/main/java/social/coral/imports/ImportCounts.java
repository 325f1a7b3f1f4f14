package social.coral.imports;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.tenancy.TenantDoor;

/** Keeps the list of imports true when posts of theirs are removed. */
record ImportCounts(TenantDoor door) {

    /** @param imports the import of each post that was removed; null for a post that has none */
    void removed(Stream<@Nullable UUID> imports) {
        byImport(imports.flatMap(Stream::ofNullable)).forEach((id, count) -> less(id, count.intValue(), 0));
    }

    /** @param imports the import of each post that turned out to be one that is here already */
    void joined(Collection<UUID> imports) {
        byImport(imports.stream()).forEach((id, count) -> less(id, count.intValue(), count.intValue()));
    }

    /** In one order, because two that change counts at once may touch the same imports. */
    private static Map<UUID, Long> byImport(Stream<UUID> imports) {
        return imports.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private void less(UUID id, int posts, int skipped) {
        door.sql("update public.imports set imported = greatest(0, imported - :posts), skipped = skipped + :skipped where user_id = :tenant and id = :id")
                .param("posts", posts)
                .param("skipped", skipped)
                .param("id", id)
                .update();
    }
}
