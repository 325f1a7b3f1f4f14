package social.coral.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The main process of a PostgreSQL server, as recorded in its data folder. */
record Postmaster(ProcessHandle process, int port) {

    private static final String FILE = "postmaster.pid";
    private static final int PORT_LINE = 3;

    /** Returns the server that runs on the data, if there is one. Ignores a file that a crash left behind. */
    static Optional<Postmaster> of(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        try {
            int port = Integer.parseInt(lines.get(PORT_LINE).strip());
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(Postmaster::isPostgres)
                    .map(process -> new Postmaster(process, port));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    // Another program may have the process id by now, for instance after a reboot.
    private static boolean isPostgres(ProcessHandle process) {
        return !ServerProcesses.hasExited(process) && process.info().command().map(command -> command.endsWith("postgres")).orElse(true);
    }

    /** Deletes a file that a crash left behind. PostgreSQL itself keeps it when another program has the process id. */
    static void deletePidFile(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(FILE));
    }
}
