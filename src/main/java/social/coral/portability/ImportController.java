package social.coral.portability;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Idempotent;

@RestController
@RequestMapping("/api/user/import")
@Tag(name = "Your data")
class ImportController {

    record ArchiveForm(@Schema(type = "string", format = "binary") String file) {}

    private final Imports imports;

    ImportController(Imports imports) {
        this.imports = imports;
    }

    @Idempotent
    @PostMapping
    @Operation(summary = "Takes in an export of another account or installation", description = """
            Send the ZIP as a form's `file` or as the body. All of it is checked against its manifest before anything is taken. Rows come under \
            this account; ids stay as they are, and a row whose id or name is in use here is left alone, so the same archive again adds only what is \
            missing. Plan, limits, usage, keys, settings, logs and the audit of the other account are not taken over: `left_out` names them. \
            `rejected` holds the first hundred rows that did not fit.""",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(content = {
                @Content(mediaType = "multipart/form-data", schema = @Schema(implementation = ArchiveForm.class)),
                @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary"))}))
    ImportOutcome importArchive(@Parameter(hidden = true) HttpServletRequest request) throws IOException {
        return imports.run(request);
    }
}
