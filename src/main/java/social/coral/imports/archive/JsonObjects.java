package social.coral.imports.archive;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /** The names under which the answers of an API, databases and programs hold their posts. */
    private static final List<String> WRAPPERS = List.of("data", "tweets", "posts", "statuses", "items", "results", "messages", "hits", "edges", "objects", "_airbyte_data", "_source", "node");
    /** Where an answer of X's API has the posts of others that its own refer to. */
    private static final String REFERENCED = "includes";
    private static final Pattern COMMA_AT_END = Pattern.compile("(}),\\s*$");
    private static final int MAX_DEPTH = 5;

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
                entry += take(json.readTree(), place, true, 0, sink);
                bounded.next();
            }
            noteIfNone(entry - 1, file, sink);
        } catch (JacksonException e) {
            throw JsonPosts.broken(Place.entry(file, entry), e);
        }
    }

    private static void readLines(Reader text, @Nullable String file, PostSink sink) throws BrokenFile {
        StringBuilder line = new StringBuilder();
        long number = 1;
        long taken = 0;
        try {
            for (int end = ' '; end >= 0; number++) {
                line.setLength(0);
                end = readLine(text, line);
                taken += line.toString().isBlank() ? 0 : takeLine(line, Place.line(file, number), number == 1, sink);
            }
            noteIfNone(taken, file, sink);
        } catch (IOException e) {
            throw BrokenFile.at(Place.line(file, number), e);
        }
    }

    private static void noteIfNone(long entries, @Nullable String file, PostSink sink) {
        if (entries == 0) {
            sink.note(Place.of(file), "This file holds no posts.");
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

    /** Returns how many entries it holds. */
    private static int takeLine(StringBuilder line, Place place, boolean first, PostSink sink) {
        if (line.length() > RecordReader.MAX_LENGTH) {
            sink.rejected(place, "The line is longer than a million characters.");
        } else {
            try (BoundedParser json = new BoundedParser(JsonPosts.JSON.createParser(COMMA_AT_END.matcher(line).replaceFirst("$1")))) {
                JsonNode object = json.readTree();
                if (object.isObject() && json.nextToken() == null) {
                    return take(object, place, first, 0, sink);
                }
                sink.rejected(place, "The line is not one JSON object.");
            } catch (BoundedParser.TooManyTokens e) {
                sink.rejected(place, "The line has more values than any post.");
            } catch (JacksonException e) {
                sink.rejected(place, "The line is not one valid JSON object.");
            }
        }
        return 1;
    }

    /**
     * Takes a post, or those that an object holds, and returns how many that were. Names what may hold others and is not read.
     *
     * @param counted whether their places are counted, because the file is one object
     */
    static int take(JsonNode object, Place place, boolean counted, int depth, PostSink sink) {
        boolean isPost = JsonRow.isPost(object);
        String foreign = isPost ? null : ForeignObject.reasonInside(object);
        if (foreign != null) {
            sink.foreign(place, foreign);
            return 1;
        }
        List<JsonNode> saved = isPost || depth > 0 ? List.of() : WebClientPosts.in(object);
        if (!saved.isEmpty()) {
            saved.forEach(post -> JsonPosts.take(post, place, Kind.POST, sink));
            return saved.size();
        }
        List<String> wrappers = WRAPPERS.stream().filter(name -> object.path(name).isContainer()).toList();
        List<JsonNode> wrapped = isPost || depth == MAX_DEPTH ? List.of() : filled(wrappers.stream().map(object::path).toList());
        object.propertyStream().filter(property -> isPost == WRAPPERS.contains(property.getKey()) && !property.getKey().equals(REFERENCED) && holdsPosts(property.getValue()))
                .forEach(property -> sink.unread(place, property.getKey()));
        if (wrapped.isEmpty() && (isPost || wrappers.isEmpty() || depth == MAX_DEPTH || JsonRow.isPartOfPost(object))) {
            JsonPosts.take(object, place, Kind.POST, sink);
            return 1;
        }
        Map<String, String> authors = authors(object);
        int taken = 0;
        for (JsonNode post : wrapped.stream().flatMap(JsonObjects::entries).toList()) {
            taken += take(named(post, authors), counted ? Place.entry(place.file(), taken + 1) : place, counted, depth + 1, sink);
        }
        return taken;
    }

    /** Returns those that are not empty, and not a description beside the others. */
    private static List<JsonNode> filled(List<JsonNode> wrapped) {
        List<JsonNode> filled = wrapped.stream().filter(node -> !node.isEmpty()).toList();
        List<JsonNode> lists = filled.stream().filter(node -> node.isArray() || JsonRow.isPartOfPost(node) || node.valueStream().anyMatch(JsonNode::isContainer)).toList();
        return lists.isEmpty() ? filled : lists;
    }

    /** Returns the entries of a list, the values of an object that holds posts by their ids or months, or an object itself. */
    private static Stream<JsonNode> entries(JsonNode wrapped) {
        if (wrapped.isArray()) {
            return wrapped.valueStream();
        }
        boolean isOne = JsonRow.isPartOfPost(wrapped) || WRAPPERS.stream().anyMatch(name -> wrapped.path(name).isContainer()) || wrapped.valueStream().noneMatch(JsonNode::isContainer);
        return isOne ? Stream.of(wrapped) : wrapped.valueStream().filter(JsonNode::isContainer).flatMap(value -> value.isArray() ? value.valueStream() : Stream.of(value));
    }

    private static boolean holdsPosts(JsonNode node) {
        return JsonRow.isPost(node) || node.valueStream().anyMatch(value -> value.isContainer() && holdsPosts(value));
    }

    private static Map<String, String> authors(JsonNode answer) {
        Map<String, String> names = new HashMap<>();
        answer.path("includes").path("users").forEach(user -> names.put(user.path("id").asString(""), user.path("username").asString("")));
        names.remove("");
        return names;
    }

    private static JsonNode named(JsonNode post, Map<String, String> authors) {
        String author = authors.getOrDefault(post.path("author_id").asString(""), "");
        return author.isEmpty() || !(post instanceof ObjectNode object) ? post : object.put("username", author);
    }
}
