package social.coral.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import social.coral.CoralTest;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding.Level;
import social.coral.installation.Finding;
import social.coral.jobs.JobsCheckup;
import social.coral.knowledge.KnowledgeCheckup;

@CoralTest
class DoctorTest {

    @TempDir
    Path folder;

    @Autowired
    private Environment running;

    @Autowired
    private DatabaseServer server;

    @Test
    void aHealthyInstallationIsReportedHealthyWhileItRuns() {
        List<Finding> findings = examine(runningSettings());

        // Other tests leave data keys in this database that nobody can open; KeysTest looks at sound ones.
        assertThat(findings).noneMatch(finding -> finding.level() == Level.FAULT && !finding.subject().equals("keys"));
        assertThat(findings).extracting(Finding::subject).contains("JDK", "data folder", "disk", "master key", "port", "embeddings", "database", "schema", "roles", "clock", "worker", "due work", "knowledge");
        assertThat(of(findings, "data folder").sentence()).contains("in use by process " + ProcessHandle.current().pid());
        assertThat(of(findings, "schema").sentence()).startsWith("up to date at ");
    }

    @Test
    void isolationIsShownClaimByClaim() {
        List<Finding> findings = Doctor.isolation(environment(runningSettings()));

        assertThat(findings).hasSizeGreaterThan(15).noneMatch(finding -> finding.level() == Level.FAULT);
        assertThat(of(findings, "row security").sentence()).contains("forced");
    }

    @Test
    void beforeTheFirstStartNothingIsWrongAndNothingIsCreated() {
        Path data = folder.resolve("data");

        assertThat(examine(Map.of("coral.installation.data", data.toString()))).noneMatch(finding -> finding.level() == Level.FAULT);
        assertThat(data).doesNotExist();
    }

    @Test
    void eachFaultIsFoundWithItsRemedy() throws IOException {
        Path key = Files.writeString(folder.resolve("master.key"), "d41b7a90c2e85f3366ab0c7719fe24d8");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Finding> findings = examine(Map.of(
                    "coral.installation.data", folder.toString(),
                    "coral.installation.database-url", "postgres://shop:hidden@127.0.0.1:1/shop",
                    "PORT", other.getLocalPort(),
                    "X_API_URL", "http://127.0.0.1:1"));

            assertThat(of(findings, "master key")).isEqualTo(Finding.warning("master key", "Other users may read " + key + ". Run: chmod 600 " + key + "."));
            assertThat(of(findings, "port")).matches(finding -> finding.level() == Level.FAULT && finding.sentence().contains("is used by another program"));
            assertThat(of(findings, "database"))
                    .matches(finding -> finding.level() == Level.FAULT && finding.sentence().contains("127.0.0.1:1/shop does not answer"));
            assertThat(of(findings, "services")).matches(finding -> finding.level() == Level.WARNING && finding.sentence().startsWith("X at 127.0.0.1:1 cannot"));
            assertThat(findings.toString()).doesNotContain("hidden");
        }
        assertThat(of(examine(Map.of("ENCRYPTION_KEY", "too short", "coral.installation.data", folder.toString())), "master key").level())
                .isEqualTo(Level.FAULT);
        assertThat(of(examine(Map.of("CORAL_ROLE", "boss")), "settings").sentence()).contains("CORAL_ROLE is \"boss\", and must be one of");
    }

    @Test
    void aRoleThatTheDatabaseRefusesIsNamedWithItsRemedy() throws SQLException {
        try (Connection owner = server.connectAsOwner(); Statement statement = owner.createStatement()) {
            statement.execute("alter role coral_meter nologin");
            try {
                assertThat(examine(runningSettings())).anyMatch(finding -> finding.level() == Level.FAULT
                        && finding.sentence().matches("The database does not let coral_meter in .*alter role coral_meter login.*"));
            } finally {
                statement.execute("alter role coral_meter login");
            }
        }
    }

    @Test
    void theDoctorReportsWhoRunsTheJobs() throws SQLException {
        List<Finding> working = examine(runningSettings());
        assertThat(of(working, "worker")).matches(finding -> finding.level() == Level.OK).extracting(Finding::sentence).asString()
                .matches(".*process(es)? runs? jobs; the last heartbeat was \\d+ s ago");
        try (Connection owner = server.connectAsOwner(); Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("""
                    insert into jobs.scheduled_tasks (task_name, task_instance, execution_time) values ('nobody-does', 'it', now() - interval '16 minutes');
                    insert into jobs.lines (task_name, line, due_at) select task_name, line, execution_time from jobs.scheduled_tasks where task_name = 'nobody-does'
                    """);
            assertThat(JobsCheckup.of(owner, KnowledgeCheckup.JOBS)).last().matches(finding -> finding.level() == Level.FAULT).extracting(Finding::sentence).asString()
                    .startsWith("The oldest job has been due for 16 min").contains("coral.log", "CORAL_ROLE=worker");
            statement.execute("update jobs.workers set seen_at = now() - interval '3 minutes'");
            assertThat(JobsCheckup.of(owner, KnowledgeCheckup.JOBS)).first().matches(finding -> finding.level() == Level.WARNING)
                    .extracting(Finding::sentence).asString().contains("3 min ago", "./coral run", "CORAL_ROLE");
            owner.rollback();
        }
    }

    private Map<String, Object> runningSettings() {
        Map<String, Object> settings = new HashMap<>();
        for (String setting : List.of("coral.installation.data", "coral.installation.binaries", "coral.installation.database-url", "ENCRYPTION_KEY")) {
            settings.put(setting, running.getProperty(setting, ""));
        }
        return settings;
    }

    private static List<Finding> examine(Map<String, Object> settings) {
        return Doctor.examine(environment(settings));
    }

    private static StandardEnvironment environment(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("port", Map.of("PORT", 0)));
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }

    private static Finding of(List<Finding> findings, String subject) {
        return findings.stream().filter(finding -> finding.subject().equals(subject)).findFirst().orElseThrow();
    }
}
