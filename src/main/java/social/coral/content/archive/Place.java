package social.coral.content.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A location in an upload.
 *
 * @param file the file inside a ZIP; null for an upload that is one file
 * @param line the line of a CSV or of JSON lines; in a JSON array, whose lines tell little, as {@code element}
 * @param element the number of the entry (from 1) in a JSON array; null elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Place(@Nullable String file, long line, @Nullable Long element) {}
