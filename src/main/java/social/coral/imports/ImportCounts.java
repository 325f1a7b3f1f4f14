package social.coral.imports;

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
        // In one order, because two that remove at once may touch the same imports.
        Map<UUID, Long> posts = imports.flatMap(Stream::ofNullable).collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        posts.forEach((id, count) -> door.sql("update public.imports set imported = greatest(0, imported - :posts) where user_id = :tenant and id = :id")
                .param("posts", count.intValue())
                .param("id", id)
                .update());
    }
}
