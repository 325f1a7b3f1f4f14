package social.coral.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import social.coral.installation.DatabaseServer;
import social.coral.installation.InstallationCheckup;
import social.coral.installation.TestServer;
import social.coral.kms.TransitEngine;

/** The running installation of a test, and others with the same key, as the commands see them. */
final class Installations {

    private final Environment running;

    Installations(Environment running) {
        this.running = running;
    }

    /** That of the application that serves. */
    StandardEnvironment running() {
        Map<String, Object> settings = new HashMap<>();
        for (String setting : List.of("coral.installation.data", "coral.installation.binaries", "coral.installation.database-url", "ENCRYPTION_KEY")) {
            settings.put(setting, running.getProperty(setting, ""));
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }

    /** Another installation under the same key, on an embedded database. */
    StandardEnvironment at(Path data) {
        return with(running(), Map.of("coral.installation.data", data.toString(), "coral.installation.database-url", ""));
    }

    static StandardEnvironment with(StandardEnvironment environment, Map<String, Object> settings) {
        environment.getPropertySources().addFirst(new MapPropertySource("changed " + settings.size(), settings));
        return environment;
    }

    /** A data folder with nothing in it but the master key of the one that serves. */
    Path withTheSameKey(Path folder) throws IOException {
        Path data = Files.createTempDirectory(folder, "data");
        Path key = Path.of(running.getRequiredProperty("coral.installation.data")).resolve("master.key");
        if (Files.exists(key)) {
            Files.copy(key, data.resolve("master.key"));
        }
        return data;
    }

    /** Every row of every table, in one order. */
    static SortedMap<String, List<String>> rows(DatabaseServer server) throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            SortedMap<String, List<String>> all = new TreeMap<>();
            List<String> people = texts(statement, "select id::text from auth.users order by id");
            for (String table : texts(statement, """
                    select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname in ('public', 'auth', 'jobs', 'usage', 'audit', 'tenancy') and c.relkind in ('r', 'p') and not c.relispartition
                      and c.relname not in ('schema_history', 'workers', 'lines')
                    """)) {
                List<String> rows = new ArrayList<>();
                if (table.equals("jobs.scheduled_tasks")) {
                    rows.addAll(texts(statement, "select concat_ws(' ', task_name, task_instance) from jobs.scheduled_tasks where task_name <> 'knowledge' order by 1"));
                } else if (table.contains(".")) {
                    rows.addAll(texts(statement, "select t::text from " + table + " t order by 1"));
                } else {
                    for (String person : people) {
                        statement.execute("select set_config('request.jwt.claims', '{\"sub\": \"" + person + "\"}', true)");
                        // A restore has indexes made anew, as another build.
                        rows.addAll(texts(statement, table.equals("knowledge_heads") ? "select concat_ws(' ', user_id, change) from public.knowledge_heads"
                                : "select t::text from " + table + " t where user_id = '" + person + "' order by 1"));
                    }
                }
                all.put(table.contains(".") ? table : "public." + table, rows);
            }
            owner.rollback();
            return all;
        }
    }

    SortedMap<String, List<String>> rows(Path data) throws Exception {
        try (InstallationCheckup installation = InstallationCheckup.of(at(data), TransitEngine.of(at(data)))) {
            return rows(installation.database().orElseThrow());
        }
    }

    void onDatabase(Path data, String sql) throws Exception {
        try (InstallationCheckup installation = InstallationCheckup.of(at(data), TransitEngine.of(at(data)));
                Connection owner = installation.database().orElseThrow().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    static Process process(String script, StandardEnvironment environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, ProcessHandle.current().info().command().orElseThrow(),
                "-XX:-UsePerfData",
                "-Dcoral.installation.binaries=" + TestServer.BINARIES, "-cp", System.getProperty("java.class.path"), "social.coral.operations.Backups"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environmentOf(environment));
        builder.environment().put("CORAL_DATA", environment.getRequiredProperty("coral.installation.data"));
        builder.environment().put("DATABASE_URL", environment.getProperty("coral.installation.database-url", ""));
        return builder.start();
    }

    static Map<String, String> environmentOf(Environment environment) {
        Map<String, String> variables = new HashMap<>();
        if (!environment.getProperty("ENCRYPTION_KEY", "").isEmpty()) {
            variables.put("ENCRYPTION_KEY", environment.getRequiredProperty("ENCRYPTION_KEY"));
        }
        return variables;
    }
}
