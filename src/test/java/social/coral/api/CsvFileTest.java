package social.coral.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    private static CSVRecord written(Object... cells) throws IOException {
        StringWriter out = new StringWriter();
        try (CsvFile file = new CsvFile(out, "one", "two")) {
            file.row(cells);
        }
        List<CSVRecord> records = CSVFormat.RFC4180.parse(new StringReader(out.toString())).getRecords();
        assertThat(records).hasSize(2);
        return records.getLast();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(\"http://evil.example\")", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1", "\u200b=1", "\u202E=1", "＝1", "\ufe0f=1", "\u034f\u3164\u2800=1", "\u2028+1", "\t\u00a0@1"})
    void aCellThatASpreadsheetWouldEvaluateIsText(String cell) throws IOException {
        assertThat(written(cell, "x").get(0)).isEqualTo("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a=b", "two\r\nlines, \"quoted\"", "", " ", "😀 -1"})
    void harmlessCellsAreUnchanged(String cell) throws IOException {
        assertThat(written(cell, "x").get(0)).isEqualTo(cell);
    }

    @Test
    void aNumberStaysANumber() throws IOException {
        assertThat(written(-5, "x").get(0)).isEqualTo("-5");
    }

    @Test
    void nobodyElseWritesCsv() {
        noClasses().that().areNotAssignableTo(CsvFile.class).should().dependOnClassesThat().belongToAnyOf(CSVPrinter.class)
                .check(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("social.coral"));
    }
}
