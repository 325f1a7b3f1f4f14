package social.coral.imports.archive;

import java.io.Writer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.JsonNode;

/** Reads objects as trees of a bounded size. Without the bound, a tree of many small nodes takes 40 times the memory of its text. */
final class BoundedParser extends JsonParserDelegate {

    /** As many as an answer of the API with 100 posts has, and as many again. A tree of so many takes less than 3 MB beside its texts. */
    static final int MAX_TOKENS = 40_000;

    /** The object has more tokens than any post or answer. */
    static final class TooManyTokens extends StreamConstraintsException {

        private TooManyTokens() {
            super("more than " + MAX_TOKENS + " tokens");
        }
    }

    private int left = Integer.MAX_VALUE;

    BoundedParser(JsonParser json) {
        super(json);
    }

    JsonNode readTree() {
        left = MAX_TOKENS;
        JsonNode tree = JsonPosts.JSON.readTree(this);
        left = Integer.MAX_VALUE;
        return tree;
    }

    @Override
    public @Nullable JsonToken nextToken() {
        count();
        return super.nextToken();
    }

    @Override
    public @Nullable String nextName() {
        count();
        return super.nextName();
    }

    /** The delegate's own always answers that it does not know. */
    @Override
    public int releaseBuffered(Writer out) {
        return delegate.releaseBuffered(out);
    }

    private void count() {
        if (--left < 0) {
            throw new TooManyTokens();
        }
    }
}
