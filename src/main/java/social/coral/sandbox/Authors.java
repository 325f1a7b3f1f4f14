package social.coral.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All authors of the sandbox, in the order of {@code authors/all.txt}; new ones are appended. */
final class Authors {

    private final List<Author> all = new ArrayList<>();
    private final Map<String, Author> byHandle = new HashMap<>();
    private final Map<Long, Author> byId = new HashMap<>();

    Authors() {
        for (String handle : lines("all.txt")) {
            Author author = AuthorFile.read(all.size(), handle, lines(handle + ".txt"));
            all.add(author);
            byHandle.put(handle.toLowerCase(Locale.ROOT), author);
            byId.put(author.account().id(), author);
        }
    }

    List<Author> all() {
        return all;
    }

    /** The authors whose posts are public. */
    List<Author> active() {
        return all.stream().filter(author -> author.state() == Author.State.ACTIVE).toList();
    }

    @Nullable Author byHandle(String handle) {
        return byHandle.get(handle.toLowerCase(Locale.ROOT));
    }

    @Nullable Author byId(long id) {
        return byId.get(id);
    }

    @Nullable Author byNumber(int number) {
        return number < all.size() ? all.get(number) : null;
    }

    private static List<String> lines(String file) {
        try (InputStream in = Authors.class.getResourceAsStream("authors/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the sandbox lacks its file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
