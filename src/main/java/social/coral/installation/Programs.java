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
 * The programs of a PostgreSQL installation, run one at a time and waited for. Of our environment, which holds keys and
 * passwords, they get what is needed to find programs and libraries.
 */
record Programs(Path bin) {

    private static final Set<String> HANDED_ON = Set.of("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH");

    private static final Pattern LAST_WORDS = Pattern.compile("^.*?(?:FATAL|PANIC|error):\\s*");

    /** What a program gave. */
    record Outcome(int exitCode, String output) {

        Outcome with(String more) {
            return new Outcome(exitCode, output + "\n" + more);
        }

        /** The line that says most: the last that tells of a failure, else the last at all. */
        String complaint() {
            List<String> lines = output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
            return lines.reversed().stream()
                    .filter(line -> LAST_WORDS.matcher(line).find())
                    .findFirst()
                    .map(line -> LAST_WORDS.matcher(line).replaceFirst(""))
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
        builder.environment().keySet().retainAll(HANDED_ON);
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
            throw new StartFault("this system cannot run the packaged PostgreSQL (" + e.getMessage()
                    + "); it needs glibc, which Alpine, for one, lacks, and a disk from which programs may be run;"
                    + " name a server of your own with DATABASE_URL", e);
        }
    }
}
