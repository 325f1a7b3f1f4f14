package social.coral.imports;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import social.coral.networks.Post;
import social.coral.tenancy.TenantDoor;

/** Posts of the current tenant that came from a file, for tests of what is done with them. */
public final class Imported {

    private Imported() {}

    public static void posts(TenantDoor door, Post... posts) {
        new ImportedPosts(door, new ImportEntry(door), () -> {}).add(Stream.of(posts).map(post -> ImportStore.ReadPost.of(post, false, false, List.of(), Set.of())).toList());
    }
}
