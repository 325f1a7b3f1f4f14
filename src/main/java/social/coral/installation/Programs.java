package social.coral.installation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Runs the programs of a PostgreSQL installation and waits for them. They inherit only the environment variables that find
 * programs and libraries, because the others hold keys and passwords.
 */
record Programs(Path bin) {

    private static final Set<String> INHERITED_VARIABLES = Set.of("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH");

    private static final Pattern ERROR_PREFIX = Pattern.compile("^.*?(?:FATAL|PANIC|error):\\s*");

    record Outcome(int exitCode, String output) {

        Outcome with(String more) {
            return new Outcome(exitCode, output + "\n" + more);
        }

        /** Returns the last line that reports an error, or else the last line. */
        String errorMessage() {
            List<String> lines = output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
            return lines.reversed().stream()
                    .filter(line -> ERROR_PREFIX.matcher(line).find())
                    .findFirst()
                    .map(line -> ERROR_PREFIX.matcher(line).replaceFirst(""))
                    .orElseGet(() -> lines.isEmpty() ? "exit code " + exitCode : lines.getLast());
        }
    }

    Outcome run(String program, List<String> arguments) throws IOException {
        return run(program, arguments, Map.of());
    }

    Outcome run(String program, List<String> arguments, Map<String, String> variables) throws IOException {
        List<String> command = new ArrayList<>(Unprivileged.prefix());
        command.add(bin.resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(INHERITED_VARIABLES);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(variables);
        Process process = start(builder);
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Outcome(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + program, e);
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StartFault("This system cannot run the packaged PostgreSQL (" + e.getMessage()
                    + "). It needs glibc, which Alpine for example lacks, and a disk that allows executables."
                    + " Otherwise use your own server with DATABASE_URL.", e);
        }
    }
}
