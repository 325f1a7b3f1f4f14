package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The templates' forms as a browser without scripts sends them. */
class FormsTest {

    private static final Pattern FORM = Pattern.compile("(?s)<form\\b.*?</form>");
    private static final Pattern SECRET = Pattern.compile("part\\.(?:csrf|password)|type *= *\"password\"|setup\\.key\\(");

    @Test
    void noSecretStandsInAnAddressBecauseAFormIsSentWithoutScripts() throws IOException {
        List<String> inTheBody = new ArrayList<>();
        try (Stream<Path> templates = Files.walk(Path.of("src/main/jte")).filter(file -> file.toString().endsWith(".jte"))) {
            for (Path template : templates.toList()) {
                Matcher form = FORM.matcher(Files.readString(template));
                while (form.find()) {
                    if (SECRET.matcher(form.group()).find()) {
                        assertThat(form.group().substring(0, form.group().indexOf('>') + 1)).as(template.toString()).contains("method=\"post\"");
                        inTheBody.add(template.toString());
                    }
                }
            }
        }
        assertThat(inTheBody).as("forms with secrets were looked at").hasSizeGreaterThan(20);
    }
}
