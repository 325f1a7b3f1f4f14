package social.coral.portability;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/user/export")
@Tag(name = "Your data", description = "Take all of it along, bring it in, have it erased")
class ExportController {

    private final ExportStreams streams;

    ExportController(ExportStreams streams) {
        this.streams = streams;
    }

    @GetMapping
    @Operation(summary = "Downloads everything the account owns as one ZIP", description = """
            Tables as JSON lines, the person as JSON, a README.txt that explains both, and a manifest.json with columns, row counts and SHA-256 \
            of each file, written last. All of it is as it was at one moment. Secrets are not in it; the manifest names what was left out and why. \
            An archive without its manifest was cut off. One export of an account at a time: 409 `export_under_way`; \
            503 `too_many_exports` with `Retry-After` when the installation makes too many at once.""")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    void export(@Parameter(hidden = true) HttpServletResponse response) throws IOException {
        streams.send(response);
    }
}
