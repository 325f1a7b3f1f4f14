package social.coral.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An append-only log of what clients did in the sandbox, one event per line, so that it survives a restart. */
final class Journal {

    /**
     * One event; an id of 0 means none.
     *
     * @param kind {@code account}, {@code post} or {@code delete}
     */
    record Event(String kind, String handle, long id, String text, long conversation, long replyTo, long replyToAuthor) {

        static Event account(String handle) {
            return new Event("account", handle, 0, "", 0, 0, 0);
        }

        static Event delete(String handle, long id) {
            return new Event("delete", handle, id, "", 0, 0, 0);
        }
    }

    private final JsonMapper json = JsonMapper.shared();
    private final Path file;

    Journal(Path file) {
        this.file = file;
    }

    /** Reads all events so far. A line cut off by a crash is terminated and skipped. */
    synchronized List<Event> read() {
        List<Event> events = new ArrayList<>();
        try {
            if (Files.notExists(file)) {
                return events;
            }
            String content = Files.readString(file);
            for (String line : content.lines().toList()) {
                try {
                    events.add(json.readValue(line, Event.class));
                } catch (JacksonException e) {
                    // A line that was never finished.
                }
            }
            if (!content.isEmpty() && !content.endsWith("\n")) {
                write("\n");
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void append(Event event) {
        try {
            write(json.writeValueAsString(event) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
