package social.coral.imports.archive;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.StringWriter;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of posts in JSON, of which one post at a time is held in memory. */
final class JsonPosts {

    // Names are not interned, because a hostile file could have any number of long ones.
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(RecordReader.MAX_LENGTH).maxNameLength(1_000).maxNestingDepth(100).build())
            .build()).disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static final int PARSER_BUFFER = 1 << 16;
    /** Each list has a parser of its own. */
    private static final int MAX_LISTS = 100;
    private static final int MAX_ASSIGNMENT = 300;

    /**
     * How far a file is read.
     *
     * @param next the number of the next entry
     * @param taken how many posts there were so far
     */
    private record Read(long next, long taken) {}

    private JsonPosts() {}

    /** Reads a list, and those that follow it. Anything else behind a list is noted. */
    static void readLists(Reader text, @Nullable String file, Kind kind, PostSink sink) throws BrokenFile, IOException {
        PushbackReader rest = new PushbackReader(text, PARSER_BUFFER);
        Kind present = kind;
        int lists = 0;
        Read read = new Read(1, 0);
        for (int next = '['; next >= 0; next = nextMark(rest)) {
            if (lists > 0) {
                rest.unread(next);
                present = next == '[' ? present : assigned(rest);
            }
            if (present == null || ++lists > MAX_LISTS) {
                sink.note(Place.entry(file, read.next()), "Something follows the end of the list that is not another list of posts. It was not read.");
                return;
            }
            if (present == Kind.DELETED_POST) {
                sink.deletedPosts();
            }
            read = readList(rest, file, read, present, sink);
        }
        if (read.taken() == 0 && kind == Kind.POST) {
            sink.note(Place.of(file), "This file holds no posts.");
        }
    }

    /** Passes over the name of a variable that begins another list, and returns the kind of its rows; null if it is none with rows. */
    private static @Nullable Kind assigned(PushbackReader text) throws IOException {
        char[] ahead = new char[MAX_ASSIGNMENT];
        int length = 0;
        for (int read = 0; read >= 0 && length < MAX_ASSIGNMENT; read = text.read(ahead, length, MAX_ASSIGNMENT - length)) {
            length += read;
        }
        Matcher assignment = Variable.ASSIGNMENT.matcher(new String(ahead, 0, length));
        boolean list = assignment.lookingAt() && ahead[assignment.end()] == '[';
        int end = list ? assignment.end() : 0;
        text.unread(ahead, end, length - end);
        return list ? Variable.named(assignment.group(1)).kind() : null;
    }

    /** Returns the next character that is not between two lists, or -1 at the end. */
    private static int nextMark(Reader text) throws IOException {
        int c = text.read();
        while (c >= 0 && (Character.isWhitespace(c) || c == ';' || c == ',')) {
            c = text.read();
        }
        return c;
    }

    private static Read readList(PushbackReader text, @Nullable String file, Read before, Kind kind, PostSink sink) throws BrokenFile, IOException {
        long entry = before.next();
        long taken = before.taken();
        RecordReader bounded = new RecordReader(text);
        try (BoundedParser json = new BoundedParser(JSON.createParser(bounded))) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new BrokenFile(Place.entry(file, entry), "The file does not begin with a list of posts.");
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                Place place = Place.entry(file, entry);
                if (json.currentToken() == null) {
                    throw new BrokenFile(place, "The file ends in the middle of the list.");
                }
                taken += readElement(json, place, kind, sink);
                bounded.next();
                entry++;
            }
            StringWriter ahead = new StringWriter();
            json.releaseBuffered(ahead);
            text.unread(ahead.toString().toCharArray());
            return new Read(entry, taken);
        } catch (JacksonException e) {
            throw broken(Place.entry(file, entry), e);
        }
    }

    /** Returns how many posts it holds. */
    private static int readElement(BoundedParser json, Place place, Kind kind, PostSink sink) {
        if (json.currentToken() == JsonToken.START_OBJECT && kind == Kind.POST) {
            return JsonObjects.take(json.readTree(), place, false, 0, sink);
        }
        if (json.currentToken() == JsonToken.START_OBJECT) {
            take(json.readTree(), place, kind, sink);
        } else {
            json.skipChildren();
            sink.notAPost(place);
        }
        return 1;
    }

    /** Hands on an object if it is a post. */
    static void take(JsonNode object, Place place, Kind kind, PostSink sink) {
        PostRow row = JsonRow.of(object, place, kind);
        String foreign = row == null ? ForeignObject.reason(JsonRow.inside(object)) : null;
        if (foreign != null) {
            sink.foreign(place, foreign);
        } else if (row == null) {
            sink.notAPost(place);
        } else {
            PublishingStatus.handOn(row, sink);
        }
    }

    static BrokenFile broken(Place place, JacksonException e) {
        if (e.getCause() instanceof RecordReader.TooLong tooLong) {
            return new BrokenFile(place, "An entry is longer than a million characters.", tooLong);
        }
        if (e.getCause() instanceof IOException cause) {
            return BrokenFile.at(place, cause);
        }
        if (e instanceof BoundedParser.TooManyTokens tooMany) {
            return new BrokenFile(place, "An entry has more values than any post.", tooMany);
        }
        TokenStreamLocation at = e.getLocation();
        if (e instanceof UnexpectedEndOfInputException && at != null) {
            return new BrokenFile(place, "The file breaks off here (line " + at.getLineNr() + "). Perhaps it was not downloaded completely.", e);
        }
        // A broken limit, such as too deep nesting, is reported without a location.
        return new BrokenFile(place, at == null ? "The JSON is nested too deep or otherwise beyond what can be read."
                : "The JSON is not valid (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")."
                        + (e.getOriginalMessage().startsWith("Unexpected character ('\'") ? " It has single quotes, as Python prints objects. Write it with json.dumps." : ""), e);
    }
}
