package social.coral;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Every text in the compiled product, in small letters and on one line: its statements are among them. */
public final class ProductSql {

    private ProductSql() {}

    public static Stream<String> texts() {
        try (Stream<Path> files = Files.walk(Path.of("target/classes/social/coral"))) {
            return files.filter(file -> file.toString().endsWith(".class")).toList().stream()
                    .flatMap(ProductSql::texts)
                    .map(text -> text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> texts(Path file) {
        try {
            Set<String> texts = new LinkedHashSet<>();
            StreamSupport.stream(ClassFile.of().parse(file).constantPool().spliterator(), false).forEach(entry -> {
                if (entry instanceof StringEntry text) {
                    texts.add(text.stringValue());
                }
            });
            return texts.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
