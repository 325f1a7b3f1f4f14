package social.coral.imports.archive;

import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** What an archive says of itself: whose it is, and what it should hold. */
final class ArchiveFacts {

    private static final int MAX_FILES = 1_000;
    private static final List<String> TYPES = List.of("tweets", "tweet", "noteTweet", "noteTweets", "communityTweet", "communityTweets");

    private ArchiveFacts() {}

    /** Reads account.js, or the user_details.js of old archives, of which only the username matters. */
    static void readOwner(Reader text, @Nullable String file, PostSink sink) throws BrokenFile {
        try (JsonParser json = JsonPosts.JSON.createParser(new RecordReader(text))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && (json.currentName().equals("username") || json.currentName().equals("screen_name"))
                        && json.nextToken() == JsonToken.VALUE_STRING) {
                    sink.owner(json.getString());
                    return;
                }
            }
        } catch (JacksonException e) {
            throw JsonPosts.broken(Place.entry(file, 1), e);
        }
    }

    /** Reads the tweet_index.js of an old archive. */
    static void readIndex(Reader text, @Nullable String file, PostSink sink) throws BrokenFile {
        readTree(text, file, index -> {
            Map<String, Long> files = new LinkedHashMap<>();
            for (JsonNode month : index) {
                String name = month.path("file_name").asString("");
                if (files.size() < MAX_FILES && !name.isEmpty() && month.path("tweet_count").asLong(0) > 0) {
                    files.put(name.substring(0, Math.min(name.length(), ZippedArchive.MAX_NAME_LENGTH)), month.path("tweet_count").asLong(0));
                }
            }
            sink.manifest(new Manifest(files, false, "", 0));
        });
    }

    /** Reads the payload_details.js of an old archive. */
    static void readTotal(Reader text, @Nullable String file, PostSink sink) throws BrokenFile {
        readTree(text, file, details -> sink.manifest(new Manifest(Map.of(), false, "", details.path("tweets").asLong(0))));
    }

    private static void readTree(Reader text, @Nullable String file, Consumer<JsonNode> taker) throws BrokenFile {
        try (BoundedParser json = new BoundedParser(JsonPosts.JSON.createParser(new RecordReader(text)))) {
            taker.accept(json.readTree());
        } catch (JacksonException e) {
            throw JsonPosts.broken(Place.entry(file, 1), e);
        }
    }

    static void readManifest(Reader text, @Nullable String file, PostSink sink) throws BrokenFile {
        readTree(text, file, config -> {
            Map<String, Long> files = new LinkedHashMap<>();
            for (String type : TYPES) {
                for (JsonNode listed : config.path("dataTypes").path(type).path("files")) {
                    if (files.size() < MAX_FILES && listed.path("count").asLong(0) > 0) {
                        String name = listed.path("fileName").asString("");
                        files.put(name.substring(0, Math.min(name.length(), ZippedArchive.MAX_NAME_LENGTH)), listed.path("count").asLong(0));
                    }
                }
            }
            sink.manifest(new Manifest(files, config.path("archiveInfo").path("isPartialArchive").asBoolean(false), config.path("userInfo").path("userName").asString(""), 0));
        });
    }
}
