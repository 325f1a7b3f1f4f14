package social.coral.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The operating system processes of one PostgreSQL server. Their state comes from {@code /proc}; on systems without it,
 * PostgreSQL's own guard against a second server on the same data has to do.
 */
final class ServerProcesses {

    private static final long ROUND_NANOS = 20_000_000;
    private static final int MAX_ROUNDS = 1000;

    private final Path data;
    private Set<ProcessHandle> suspendedBefore = Set.of();

    ServerProcesses(Path data) {
        this.data = data;
    }

    /** Reports whether the process has ended. A zombie counts as ended. */
    static boolean hasExited(ProcessHandle process) {
        return !process.isAlive() || state(process) == 'Z';
    }

    /** Returns the processes that are suspended (SIGSTOP) and already were at the previous call, to ignore short pauses. */
    Set<ProcessHandle> suspended(ProcessHandle postmaster) {
        Set<ProcessHandle> now = new HashSet<>();
        try (Stream<ProcessHandle> all = Stream.concat(Stream.of(postmaster), postmaster.children())) {
            all.filter(this::isSuspended).forEach(now::add);
        }
        Set<ProcessHandle> twice = new HashSet<>(now);
        twice.retainAll(suspendedBefore);
        suspendedBefore = now;
        return twice;
    }

    boolean isSuspended(ProcessHandle process) {
        return state(process) == 'T';
    }

    /** Kills the server, including processes that outlived their postmaster: a new server must never share its data with them. */
    void kill() throws IOException {
        Postmaster.of(data).ifPresent(postmaster -> postmaster.process().destroyForcibly());
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        for (int round = 0; !processes.stream().allMatch(ServerProcesses::hasExited); round++) {
            if (round == MAX_ROUNDS) {
                throw new IOException("the processes of PostgreSQL in " + data + " do not end");
            }
            LockSupport.parkNanos(ROUND_NANOS);
        }
    }

    /** Returns the PostgreSQL processes whose working directory is the data folder. */
    private List<ProcessHandle> processes() throws IOException {
        if (Files.notExists(data)) {
            return List.of();
        }
        Path home = data.toRealPath();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> isPostgres(process) && worksIn(process, home) && !hasExited(process)).toList();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().filter(command -> command.endsWith("postgres")).isPresent();
    }

    private static boolean worksIn(ProcessHandle process, Path home) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")).equals(home);
        } catch (IOException e) {
            return false;
        }
    }

    private static char state(ProcessHandle process) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return line.charAt(line.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return '?';
        }
    }
}
