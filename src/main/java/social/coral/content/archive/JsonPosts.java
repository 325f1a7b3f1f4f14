package social.coral.content.archive;

import java.io.IOException;
import java.io.Reader;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Posts in JSON: flat, wrapped as {@code {"tweet": …}} as in X's archive, or as X's API returns them. */
final class JsonPosts {

    // Names are not interned, because a hostile file could have any number of long ones.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(1_000_000).maxNameLength(1_000).maxNestingDepth(100).build())
            .build();

    private static final Set<PostField> ALL = EnumSet.allOf(PostField.class);
    private static final Set<PostField> COUNTS = EnumSet.of(PostField.LIKES, PostField.RETWEETS, PostField.REPLIES);
    private static final Set<PostField> AUTHOR = EnumSet.of(PostField.AUTHOR);

    private JsonPosts() {}

    static void readArray(Reader text, @Nullable String file, PostSink sink) throws BrokenFile {
        Place place = new Place(file, 1, null);
        try (JsonParser json = open(text)) {
            json.nextToken();
            for (long entry = 1; json.nextToken() != JsonToken.END_ARRAY; entry++) {
                place = new Place(file, entry, entry);
                if (json.currentToken() == null) {
                    throw new BrokenFile(place, "ends in the middle of the list");
                }
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    sink.post(readObject(json).at(place));
                } else {
                    json.skipChildren();
                    sink.rejected(place, "The entry is not an object.");
                }
            }
        } catch (JacksonException e) {
            throw broken(place, e);
        }
    }

    /** Reads one object that is the whole text. */
    static PostRow readOne(Reader text, Place place) throws BrokenFile {
        try (JsonParser json = open(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BrokenFile(place, "is not an object");
            }
            PostRow.Builder post = readObject(json);
            if (json.nextToken() != null) {
                throw new BrokenFile(place, "holds more than one object");
            }
            return post.at(place);
        } catch (JacksonException e) {
            throw broken(place, e);
        }
    }

    /** Reads the archive's account.js, of which only the username matters. */
    static void readOwner(Reader text, @Nullable String file, PostSink sink) throws BrokenFile {
        try (JsonParser json = open(text)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && json.currentName().equals("username") && json.nextToken() == JsonToken.VALUE_STRING) {
                    sink.owner(json.getString());
                    return;
                }
            }
        } catch (JacksonException e) {
            throw broken(new Place(file, 1, null), e);
        }
    }

    private static JsonParser open(Reader text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    private static PostRow.Builder readObject(JsonParser json) {
        PostRow.Builder post = new PostRow.Builder();
        readInto(post, json, ALL);
        return post;
    }

    private static void readInto(PostRow.Builder post, JsonParser json, Set<PostField> wanted) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            switch (json.nextToken()) {
                case START_OBJECT -> {
                    Set<PostField> inside = wanted == ALL ? inside(name) : Set.of();
                    if (inside.isEmpty()) {
                        json.skipChildren();
                    } else {
                        readInto(post, json, inside);
                    }
                }
                case START_ARRAY -> json.skipChildren();
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    PostField.Name field = PostField.named(name);
                    if (field != null && wanted.contains(field.field())) {
                        post.add(field, json.getString());
                    }
                }
                default -> {
                    // Nulls and booleans have no meaning here.
                }
            }
        }
    }

    private static Set<PostField> inside(String name) {
        return switch (name) {
            case "tweet" -> ALL;
            case "user", "author" -> AUTHOR;
            case "public_metrics" -> COUNTS;
            default -> Set.of();
        };
    }

    private static BrokenFile broken(Place place, JacksonException e) {
        if (e.getCause() instanceof IOException cause) {
            return BrokenFile.at(place, cause);
        }
        TokenStreamLocation at = e.getLocation();
        // A broken limit, such as too deep nesting, is reported without a location.
        return new BrokenFile(place, at == null ? "is nested too deep or otherwise beyond what can be read"
                : "is not valid JSON (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")", e);
    }
}
