package social.coral.web.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The scripts, styles, font and mark that pages load. They are read, hashed and compressed once at the start. The hash is part of
 * the address, so that a browser may cache a file forever and still sees a new one at once.
 */
@Component
final class Assets {

    private static final String TABLER = "META-INF/resources/webjars/tabler__core/1.4.0/dist/css/tabler.min.css";
    private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/";

    // Tokens first, exceptions for narrow windows last.
    private static final String[] STYLE = {
        "tokens.css", "text.css", "frame.css", "parts.css", "lists.css", "rows.css", "feed.css", "texts.css", "pages.css", "narrow.css"
    };
    // What the others use first.
    private static final String[] SCRIPT = {
        "dom.js", "forms.js", "times.js", "toasts.js", "dialogs.js", "lists.js", "uploads.js", "keys.js", "drafts.js", "trials.js", "sliders.js"
    };

    /** One file as it is served; {@code gzip} is null where compressing gains nothing. */
    record Asset(String type, byte[] bytes, byte @Nullable [] gzip) {}

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Asset> served = new HashMap<>();

    Assets() {
        add("tabler.css", "text/css;charset=UTF-8", TABLER);
        add("htmx.js", "text/javascript;charset=UTF-8", HTMX);
        add("theme.js", "text/javascript;charset=UTF-8", "assets/theme.js");
        add("coral.js", "text/javascript;charset=UTF-8", all("assets/script/", SCRIPT));
        add("uplot.css", "text/css;charset=UTF-8", UPLOT + "uPlot.min.css");
        add("uplot.js", "text/javascript;charset=UTF-8", UPLOT + "uPlot.iife.min.js");
        add("charts.js", "text/javascript;charset=UTF-8", "assets/charts.js");
        add("mark.svg", "image/svg+xml", "assets/mark.svg");
        add("inter.woff2", "font/woff2", "assets/inter.woff2");
        add("coral.css", "text/css;charset=UTF-8", all("assets/style/", STYLE));
    }

    /** The address of a file, such as {@code /assets/coral.1a2b3c4d5e6f.css} for {@code coral.css}. */
    String address(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalArgumentException("not an asset: " + name);
        }
        return address;
    }

    @Nullable Asset at(String fileName) {
        return served.get(fileName);
    }

    private static String[] all(String folder, String[] names) {
        return Arrays.stream(names).map(folder::concat).toArray(String[]::new);
    }

    /** Several resources are served as one file, in their order. */
    private void add(String name, String type, String... resources) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (String resource : resources) {
            joined.writeBytes(read(resource));
        }
        byte[] bytes = type.startsWith("text/css") ? withAddresses(joined.toByteArray()) : joined.toByteArray();
        int dot = name.lastIndexOf('.');
        String fileName = name.substring(0, dot) + "." + hash(bytes) + name.substring(dot);
        addresses.put(name, "/assets/" + fileName);
        byte[] gzip = gzip(bytes);
        served.put(fileName, new Asset(type, bytes, gzip.length < bytes.length * 9 / 10 ? gzip : null));
    }

    /** A style sheet names another asset as {@code url("asset:NAME")}; that one must have been added before. */
    private byte[] withAddresses(byte[] css) {
        String text = new String(css, StandardCharsets.UTF_8);
        for (Map.Entry<String, String> asset : addresses.entrySet()) {
            text = text.replace("asset:" + asset.getKey(), asset.getValue());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(String resource) {
        try (InputStream in = new ClassPathResource(resource).getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
