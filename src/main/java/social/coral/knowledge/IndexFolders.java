package social.coral.knowledge;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Where this process keeps its indexes: in its data folder, which no other process uses, in a folder for each tenant. */
record IndexFolders(Path root) {

    private static final Pattern OF_TENANT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    Path words() {
        return root.resolve("words");
    }

    Path vectors() {
        return root.resolve("vectors");
    }

    /** Gives the tenants that have a folder to a consumer, so many at a time. */
    void tenants(int most, Consumer<Set<UUID>> consumer) throws IOException {
        for (Path kind : List.of(words(), vectors())) {
            if (Files.isDirectory(kind)) {
                tenants(kind, most, consumer);
            }
        }
    }

    private static void tenants(Path kind, int most, Consumer<Set<UUID>> consumer) throws IOException {
        Set<UUID> some = new HashSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(kind, Files::isDirectory)) {
            for (Path folder : folders) {
                if (OF_TENANT.matcher(folder.getFileName().toString()).matches()) {
                    some.add(UUID.fromString(folder.getFileName().toString()));
                }
                if (some.size() == most) {
                    consumer.accept(Set.copyOf(some));
                    some.clear();
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        consumer.accept(some);
    }
}
