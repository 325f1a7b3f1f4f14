package social.coral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.commons.annotation.Testable;

/** Keeps what the documents say of security true: a test that they name is there, and the table of ASVS is whole. */
class SecurityClaimsTest {

    private static final Path TABLE = Path.of("docs/asvs.md");
    private static final Set<String> STATES = Set.of("met", "not yet", "accepted", "does not apply");
    private static final List<String> NUMBERS = List.of((
            "2.3.2 2.3.4 6.2.1 6.2.4 6.2.5 6.2.8 6.2.9 6.2.12 6.3.1 6.3.8 6.4.3 6.5.1 6.5.5 6.6.2 6.6.3 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 "
            + "7.5.1 7.5.2 8.2.1 8.2.2 8.2.3 8.3.2 8.3.3 8.4.1 9.1.2 9.1.3 9.2.2 9.2.3 10.4.1 10.4.2 10.4.5 10.4.8 11.3.3 11.3.4 11.4.2 "
            + "13.3.1 13.3.4 14.3.2 15.3.3 15.3.4 15.4.2 16.2.5").split(" "));
    private static final Pattern ROW = Pattern.compile("^\\| (\\d[^|]*) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|Properties))(?:\\.(\\w+))?`");
    private static final List<Path> CLASSES = classes();

    @Test
    void everyRequirementStandsInTheTableOnceAndWhatIsMetNamesTheTestsThatShowIt() throws IOException {
        assertThat(faults(Files.readString(TABLE))).isEmpty();
    }

    @Test
    void everyTestThatADocumentNamesIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        try (Stream<Path> documents = Stream.concat(Stream.of(Path.of("SECURITY.md"), Path.of("README.md")), Files.walk(Path.of("docs")))) {
            for (Path document : documents.filter(file -> file.toString().endsWith(".md")).toList()) {
                missingTests(Files.readString(document)).forEach(name -> missing.add(document + " names " + name));
            }
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "| 7.2.3 |; | 7.2.99 |; 7.2.3 stands there 0 times",
        "| 7.2.3 |; | 7.2.4 |; 7.2.4 stands there 2 times",
        "| 7.2.3 |; | 1.1.1 |; 1.1.1 is not asked for",
        "| met | 256 bits; | nearly | 256 bits; 7.2.3 is in no known state: nearly",
        "`OpaqueTokenTest.; `OpaqueTokensTest.; there is no test OpaqueTokensTest.eachOfTwoHundredAndFiftySixBitsIsRandom",
        "eachOfTwoHundredAndFiftySixBitsIsRandom; eachBit; there is no test OpaqueTokenTest.eachBit",
        "BrowserSessionsTest.aSessionThatIsIdleForTwoWeeksEnds; BrowserSessionsTest.shiftLastUse; there is no test BrowserSessionsTest.shiftLastUse",
        "OpaqueTokenTest.eachOfTwoHundredAndFiftySixBitsIsRandom; OpaqueTokenTest; 7.2.3 is met and names no test",
        "`OpaqueTokenTest.eachOfTwoHundredAndFiftySixBitsIsRandom`; ''; 7.2.3 is met and names no test"
    })
    void aTableThatIsNotTrueIsFound(String written, String instead, String fault) throws IOException {
        String table = Files.readString(TABLE);
        assertThat(table).contains(written);
        assertThat(faults(table.replace(written, instead))).anySatisfy(found -> assertThat(found).isEqualTo(fault));
    }

    private static List<String> faults(String table) {
        List<MatchResult> rows = ROW.matcher(table).results().toList();
        List<String> faults = new ArrayList<>();
        for (String number : NUMBERS) {
            long times = rows.stream().filter(row -> row.group(1).equals(number)).count();
            if (times != 1) {
                faults.add(number + " stands there " + times + " times");
            }
        }
        for (MatchResult row : rows) {
            String number = row.group(1);
            if (!NUMBERS.contains(number)) {
                faults.add(number + " is not asked for");
            }
            if (!STATES.contains(row.group(3))) {
                faults.add(number + " is in no known state: " + row.group(3));
            }
            if (row.group(3).equals("met") && NAMED.matcher(row.group(4)).results().noneMatch(named -> named.group(2) != null)) {
                faults.add(number + " is met and names no test");
            }
        }
        missingTests(table).forEach(name -> faults.add("there is no test " + name));
        return faults;
    }

    private static List<String> missingTests(String text) {
        return NAMED.matcher(text).results()
                .filter(named -> !isATest(named.group(1), named.group(2)))
                .map(named -> named.group(2) == null ? named.group(1) : named.group(1) + "." + named.group(2))
                .toList();
    }

    /** Whether one class of that name runs a test of that name, or any test when none is named. */
    private static boolean isATest(String simpleName, @Nullable String method) {
        List<Class<?>> found = CLASSES.stream().filter(file -> file.getFileName().toString().equals(simpleName + ".class"))
                .<Class<?>>map(SecurityClaimsTest::load).toList();
        return found.size() == 1 && !isAnnotated(found.getFirst(), Disabled.class) && runs(found.getFirst())
                .anyMatch(test -> method == null || test.getName().equals(method));
    }

    private static Stream<Method> runs(@Nullable Class<?> type) {
        return type == null ? Stream.empty() : Stream.concat(runs(type.getSuperclass()), Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isAnnotated(method, Testable.class) && !isAnnotated(method, Disabled.class)));
    }

    private static Class<?> load(Path file) {
        String name = root().relativize(file).toString().replaceAll("\\.class$", "").replace('/', '.').replace('\\', '.');
        try {
            return Class.forName(name, false, SecurityClaimsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path root() {
        return Path.of("target/test-classes");
    }

    private static List<Path> classes() {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
