package social.coral.imports;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportResult.Remark;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The result of an import as stored in its row, so that a person can read it later. */
final class StoredResult {

    private static final int MAX_BYTES = 20_000;
    /** A place leaves out the line that it does not have. */
    private static final JsonMapper JSON = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    private StoredResult() {}

    /** Writes as many of the first notes and rejected rows as fit. */
    static String of(ImportResult result) {
        ImportResult kept = result;
        String json = JSON.writeValueAsString(kept);
        while (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            kept = new ImportResult(kept.imported(), kept.corrected(), kept.skipped(), kept.leftOut(), kept.removed(), half(kept.rejected()), kept.rejectedCount(),
                    half(kept.notes()), kept.rejected().isEmpty() && kept.notes().isEmpty() ? null : kept.broken());
            json = JSON.writeValueAsString(kept);
        }
        return json;
    }

    private static List<Remark> half(List<Remark> remarks) {
        return remarks.subList(0, remarks.size() / 2);
    }

    /** Counts its notes; 0 for an import that has none, or whose row holds something else. */
    static int notesIn(@Nullable String json) {
        try {
            return json == null ? 0 : JSON.readTree(json).path("notes").size();
        } catch (JacksonException e) {
            return 0;
        }
    }

    /** Reads it; empty for an import that has none, or whose row holds something else. */
    static Optional<ImportResult> read(@Nullable String json) {
        try {
            return json == null ? Optional.empty() : Optional.ofNullable(JSON.readValue(json, ImportResult.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
