package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;

/** The page of the tables, which says what their migrations declare. */
@CoralTest
class TablesDocumentTest {

    @Autowired
    Databases databases;

    @Test
    void theDocumentSaysOfEachTableWhatItsMigrationDeclares() throws IOException {
        List<String> declared = databases.tables().all().stream().sorted(Comparator.comparing(TableDeclaration::name)).map(TablesDocumentTest::line).toList();

        assertThat(Files.readAllLines(Path.of("docs/tables.md"))).filteredOn(line -> line.startsWith("| `")).containsExactlyElementsOf(declared);
    }

    private static String line(TableDeclaration table) {
        return "| `%s` | %s | %,d | %s | %s |".formatted(table.name(), table.many(), table.most(), table.retention(),
                Optional.ofNullable(table.notExported()).map(reason -> "no: " + reason).orElse("yes"));
    }
}
