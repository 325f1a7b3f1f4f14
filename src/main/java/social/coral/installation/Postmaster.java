package social.coral.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The main process of a PostgreSQL server, as its data folder names it. */
record Postmaster(ProcessHandle process, int port) {

    private static final String FILE = "postmaster.pid";
    private static final int PORT_LINE = 3;

    /** The server that runs on the data, if one does. A file that a crash left behind names none. */
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

    // The number may have gone to another program since, after a restart of the machine for instance.
    private static boolean isPostgres(ProcessHandle process) {
        return !ServerProcesses.isGone(process) && process.info().command().map(command -> command.endsWith("postgres")).orElse(true);
    }

    /** Removes what a crash left behind, which PostgreSQL itself keeps when another program has got the number. */
    static void forget(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(FILE));
    }
}
