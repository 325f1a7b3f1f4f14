package social.coral.web.frame;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Serves the assets; public, for they are the same for everybody. */
@Controller
final class AssetsController {

    private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Assets assets;

    AssetsController(Assets assets) {
        this.assets = assets;
    }

    @GetMapping("/assets/{fileName}")
    ResponseEntity<byte[]> asset(
            @PathVariable String fileName, @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, defaultValue = "") String encodings) {
        Assets.Asset asset = assets.at(fileName);
        if (asset == null) {
            return ResponseEntity.notFound().cacheControl(CacheControl.noStore()).build();
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .cacheControl(FOR_EVER)
                .header(HttpHeaders.CONTENT_TYPE, asset.type())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header("X-Content-Type-Options", "nosniff");
        byte[] gzip = asset.gzip();
        return gzip != null && encodings.contains("gzip")
                ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(gzip)
                : answer.body(asset.bytes());
    }
}
