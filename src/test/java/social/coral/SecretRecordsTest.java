package social.coral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A record prints all that it holds, so one that holds a secret must print itself in another way. */
class SecretRecordsTest {

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(password|passphrase|secret|token|apikey|cookie|credential|bearer|plain|encryptionkey|databaseurl|authorization).*|owner|signing");
    // Where a page goes on, what kind a token is, how long an answer may be: no secrets.
    private static final Pattern HARMLESS = Pattern.compile("pageToken|nextToken|cursorToken|tokenType|maxOutputTokens");
    private static final List<String> HOLDERS = List.of(
            "Ljava/lang/String;", "[B", "[C", "Ljava/util/Properties;", "Lcom/nimbusds/jose/jwk/ECKey;");

    @Test
    void noRecordThatHoldsASecretPrintsIt() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target", "classes", "social", "coral"))) {
            List<ClassModel> records = files.filter(file -> file.toString().endsWith(".class")).map(SecretRecordsTest::parsed)
                    .filter(SecretRecordsTest::holdsASecret).toList();
            assertThat(records).as("records that hold secrets").hasSizeGreaterThan(5);
            assertThat(records.stream().filter(SecretRecordsTest::printsAll).map(record -> record.thisClass().asInternalName())).isEmpty();
        }
    }

    private static ClassModel parsed(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean holdsASecret(ClassModel type) {
        Optional<RecordAttribute> record = type.findAttribute(Attributes.record());
        // The sandbox's tokens are made up by whoever asks.
        return !type.thisClass().asInternalName().startsWith("social/coral/sandbox/")
                && record.stream().flatMap(found -> found.components().stream()).anyMatch(SecretRecordsTest::isSecret);
    }

    private static boolean isSecret(RecordComponentInfo component) {
        String name = component.name().stringValue();
        return SECRET.matcher(name).matches() && !HARMLESS.matcher(name).matches() && HOLDERS.contains(component.descriptor().stringValue());
    }

    /** Whether its {@code toString} is the one that the compiler makes for every record. */
    private static boolean printsAll(ClassModel type) {
        MethodModel printing = type.methods().stream()
                .filter(method -> method.methodName().equalsString("toString") && method.methodType().equalsString("()Ljava/lang/String;"))
                .findFirst().orElseThrow();
        return printing.code().stream().flatMap(code -> code.elementStream()).anyMatch(element -> element instanceof InvokeDynamicInstruction call
                && call.invokedynamic().bootstrap().bootstrapMethod().reference().owner().asInternalName().equals("java/lang/runtime/ObjectMethods"));
    }
}
