package social.coral.imports.archive;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects one after the other: posts as JSON Lines, of which an invalid one is rejected and the next one is read, or answers of
 * an API with their posts in a list.
 */
final class JsonObjects {

    /** The names under which answers hold their list of posts. */
    private static final List<String> LISTS = List.of("data", "tweets", "posts", "statuses");

    private JsonObjects() {}

    static void read(Reader text, String head, @Nullable String file, PostSink sink) throws BrokenFile, IOException {
        if (hasOneOnEachLine(head)) {
            readLines(text, file, sink);
        } else {
            readObjects(text, file, sink);
        }
    }

    /** An object over several lines is one whose first line breaks off, and whose second does not begin another. */
    private static boolean hasOneOnEachLine(String head) {
        List<String> lines = head.lines().filter(line -> !line.isBlank()).limit(2).toList();
        if (lines.size() < 2 || lines.get(1).startsWith("{")) {
            return true;
        }
        try (JsonParser json = JsonPosts.JSON.createParser(lines.getFirst())) {
            json.nextToken();
            json.skipChildren();
            return json.currentToken() == JsonToken.END_OBJECT;
        } catch (UnexpectedEndOfInputException e) {
            return false;
        } catch (JacksonException e) {
            return true;
        }
    }

    private static void readObjects(Reader text, @Nullable String file, PostSink sink) throws BrokenFile {
        RecordReader bounded = new RecordReader(text);
        long entry = 1;
        try (BoundedParser json = new BoundedParser(JsonPosts.JSON.createParser(bounded))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                Place place = Place.entry(file, entry);
                if (token != JsonToken.START_OBJECT) {
                    throw new BrokenFile(place, "Something that is no object follows here.");
                }
                entry += take(json.readTree(), place, sink);
                bounded.next();
            }
        } catch (JacksonException e) {
            throw JsonPosts.broken(Place.entry(file, entry), e);
        }
    }

    private static void readLines(Reader text, @Nullable String file, PostSink sink) throws BrokenFile {
        StringBuilder line = new StringBuilder();
        long number = 1;
        try {
            for (int end = ' '; end >= 0; number++) {
                line.setLength(0);
                end = readLine(text, line);
                takeLine(line, Place.line(file, number), sink);
            }
        } catch (IOException e) {
            throw BrokenFile.at(Place.line(file, number), e);
        }
    }

    /** Reads up to a line feed or the end of the file and returns which. Of a line too long, one character too many is kept. */
    private static int readLine(Reader text, StringBuilder line) throws IOException {
        int c = text.read();
        while (c >= 0 && c != '\n') {
            if (line.length() <= RecordReader.MAX_LENGTH) {
                line.append((char) c);
            }
            c = text.read();
        }
        return c;
    }

    private static void takeLine(StringBuilder line, Place place, PostSink sink) {
        if (line.length() > RecordReader.MAX_LENGTH) {
            sink.rejected(place, "The line is longer than a million characters.");
        } else if (!line.toString().isBlank()) {
            try (BoundedParser json = new BoundedParser(JsonPosts.JSON.createParser(line.toString()))) {
                JsonNode object = json.readTree();
                if (object.isObject() && json.nextToken() == null) {
                    take(object, place, sink);
                } else {
                    sink.rejected(place, "The line is not one JSON object.");
                }
            } catch (BoundedParser.TooManyTokens e) {
                sink.rejected(place, "The line has more values than any post.");
            } catch (JacksonException e) {
                sink.rejected(place, "The line is not one valid JSON object.");
            }
        }
    }

    /** Takes a post, or those of an answer, and returns how many entries that were. */
    private static int take(JsonNode object, Place place, PostSink sink) {
        for (String name : LISTS) {
            JsonNode inside = object.path(name);
            if (inside.isArray() || name.equals("data") && inside.isObject()) {
                List<JsonNode> posts = inside.isArray() ? inside.valueStream().toList() : List.of(inside);
                Map<String, String> authors = authors(object);
                for (int i = 0; i < posts.size(); i++) {
                    JsonPosts.take(named(posts.get(i), authors), Place.entry(place.file(), i + 1), Kind.POST, sink);
                }
                return posts.size();
            }
        }
        JsonPosts.take(object, place, Kind.POST, sink);
        return 1;
    }

    private static Map<String, String> authors(JsonNode answer) {
        Map<String, String> names = new HashMap<>();
        answer.path("includes").path("users").forEach(user -> names.put(user.path("id").asString(""), user.path("username").asString("")));
        return names;
    }

    private static JsonNode named(JsonNode post, Map<String, String> authors) {
        String author = authors.getOrDefault(post.path("author_id").asString(""), "");
        return author.isEmpty() || !(post instanceof ObjectNode object) ? post : object.put("username", author);
    }
}
