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
 * The processes of one PostgreSQL server as the operating system sees them. What Linux tells in {@code /proc} elsewhere stays
 * unknown, and PostgreSQL's own guard against a second server on the same data is what is left.
 */
final class ServerProcesses {

    private static final long ROUND_NANOS = 20_000_000;
    private static final int MOST_ROUNDS = 1000;

    private final Path data;
    private Set<ProcessHandle> stoppedBefore = Set.of();

    ServerProcesses(Path data) {
        this.data = data;
    }

    /** Whether it is only the entry of a process that has ended and that nobody has asked for. */
    static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || state(process) == 'Z';
    }

    /** Those that somebody has stopped, as it was the last time that this was asked: a moment's stop is none. */
    Set<ProcessHandle> stopped(ProcessHandle postmaster) {
        Set<ProcessHandle> now = new HashSet<>();
        try (Stream<ProcessHandle> all = Stream.concat(Stream.of(postmaster), postmaster.children())) {
            all.filter(this::isStopped).forEach(now::add);
        }
        Set<ProcessHandle> twice = new HashSet<>(now);
        twice.retainAll(stoppedBefore);
        stoppedBefore = now;
        return twice;
    }

    boolean isStopped(ProcessHandle process) {
        return state(process) == 'T';
    }

    /** Ends the server at once, those included that outlived their postmaster: a new one must never meet them on its data. */
    void kill() throws IOException {
        Postmaster.of(data).ifPresent(postmaster -> postmaster.process().destroyForcibly());
        List<ProcessHandle> processes = atWork();
        processes.forEach(ProcessHandle::destroyForcibly);
        for (int round = 0; !processes.stream().allMatch(ServerProcesses::isGone); round++) {
            if (round == MOST_ROUNDS) {
                throw new IOException("the processes of PostgreSQL in " + data + " do not end");
            }
            LockSupport.parkNanos(ROUND_NANOS);
        }
    }

    /** Each process of PostgreSQL that works in the data folder. */
    private List<ProcessHandle> atWork() throws IOException {
        if (Files.notExists(data)) {
            return List.of();
        }
        Path home = data.toRealPath();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> isPostgres(process) && worksIn(process, home) && !isGone(process)).toList();
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
