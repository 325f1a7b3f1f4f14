package social.coral.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import social.coral.knowledge.EmbeddingProcess;
import social.coral.knowledge.LocalVectors;
import social.coral.tenancy.Tenant;

/**
 * The nearest of a tenant's vectors, of a thousand tenants with a hundred thousand, beside bare Lucene; and texts turned into vectors. What a
 * second is worth is counted in time of the processor, because a search is one thread's work and others may be at work too.
 */
final class KnowledgePath {

    private static final int ALL = 100_000;
    private static final int TENANTS = 1_000;
    private static final int LARGE = 30_000;
    private static final int MIDDLE = 1_000;
    private static final int MIDDLES = 30;
    /** As many as a search asks for, and of how many of them it is looked whether they are the right ones. */
    private static final int NEAREST = 100;
    private static final int JUDGED = 10;
    private static final int QUESTIONS = 100;
    private static final int ROUNDS = 5;
    private static final Duration SLICE = Duration.ofMillis(400);

    private final Path folder;
    private final Report report;
    private final Topics topics = new Topics();
    private final List<float[]> all = new ArrayList<>();
    private final List<Owner> owners = new ArrayList<>();

    private KnowledgePath(Path folder, Report report) {
        this.folder = folder;
        this.report = report;
    }

    /** A tenant with the vectors from {@code first} on, and what is asked. */
    private record Owner(Tenant tenant, int first, int count, List<float[]> questions) {

        List<float[]> vectors(List<float[]> all) {
            return all.subList(first, first + count);
        }
    }

    static void measure(Path folder, Report report) throws IOException {
        try {
            new KnowledgePath(folder, report).measure();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void measure() throws IOException {
        report.heading("Knowledge: the nearest %d of a tenant's vectors, of %,d of %,d tenants, by one processor".formatted(NEAREST, ALL, TENANTS));
        Path tenants = folder.resolve("tenants");
        imagine();
        CompletableFuture<PlainLucene> filling = CompletableFuture.supplyAsync(() -> PlainLucene.filled(folder.resolve("bare"), all));
        try (LocalVectors index = new LocalVectors(tenants)) {
            owners.forEach(owner -> index.put(owner.tenant, owner.first, owner.vectors(all)));
        }
        try (PlainLucene bare = filling.join(); LocalVectors index = new LocalVectors(tenants)) {
            compare(index, bare, tenants);
        }
    }

    private void imagine() {
        int small = (ALL - LARGE - MIDDLES * MIDDLE) / (TENANTS - 1 - MIDDLES);
        for (int number = 0; number < TENANTS; number++) {
            int left = ALL - all.size();
            // The small ones have from one vector to twice the average.
            int count = number == 0 ? LARGE : number <= MIDDLES ? MIDDLE : number == TENANTS - 1 ? left : Math.min(left, 1 + number % (2 * small));
            int[] own = topics.some(count);
            owners.add(new Owner(new Tenant(new UUID(0x4000L, 0x8000000000000000L + number)), all.size(), count, topics.vectors(own, QUESTIONS)));
            all.addAll(topics.vectors(own, count));
        }
    }

    private void compare(LocalVectors index, PlainLucene bare, Path tenants) throws IOException {
        report.progress("Asking for the nearest vectors");
        Owner large = owners.getFirst();
        Owner middle = owners.get(1);
        Owner small = owners.stream().filter(owner -> owner.count == 40).findFirst().orElseThrow();
        List<float[]> mixed = Stream.of(large, middle, small).flatMap(owner -> owner.questions.stream().limit(QUESTIONS / 3)).toList();
        double recall = recall(mixed, all, 0, question -> bare.numbers(bare.search(question, NEAREST, JUDGED)));
        String plain = named("bare Lucene, all in one index", recall);
        Rounds rounds = new Rounds().with(plain, time -> perSecond(mixed, time, question -> bare.search(question, NEAREST, NEAREST).length));
        List<String> names = new ArrayList<>();
        List<PlainLucene> opened = new ArrayList<>();
        for (Owner owner : List.of(small, middle, large)) {
            Function<float[], List<Integer>> search = question -> index.nearest(owner.tenant, question, NEAREST);
            String name = named("a tenant with %,d".formatted(owner.count), recall(owner.questions, owner.vectors(all), owner.first, search));
            PlainLucene own = PlainLucene.of(tenants.resolve(owner.tenant.id().toString()));
            opened.add(own);
            names.add(name);
            rounds.with(name, time -> perSecond(owner.questions, time, question -> search.apply(question).size()))
                    .with(own(name), time -> perSecond(owner.questions, time, question -> own.search(question, 2 * NEAREST, NEAREST).length));
        }
        rounds.measure(ROUNDS, SLICE);
        report.row(plain, rounds.median(plain), "");
        for (String name : names) {
            report.row(name, rounds.median(name), Report.share(rounds.ratio(name, plain), "the one index") + ", "
                    + Report.share(rounds.ratio(name, own(name)), "bare Lucene on the tenant's own files"));
        }
        embed();
        report.note(String.format(Locale.ROOT, "A vector takes %,d bytes on the disk in the tenants' indexes and %,d in the one (%d segments). "
                + "The system keeps %,d of each of the large tenant's in memory while it is searched (%d segments). "
                + "The vectors are random ones around the centres of topics, because those without any order have no neighbours.",
                bytes(tenants) / ALL, bytes(folder.resolve("bare")) / ALL, bare.segments(),
                opened.getLast().bytesInMemory() / large.count, opened.getLast().segments()));
        for (PlainLucene each : opened) {
            each.close();
        }
    }

    private static String own(String name) {
        return "bare Lucene on the files of " + name;
    }

    private static String named(String what, double recall) {
        return String.format(Locale.ROOT, "%s, recall@%d %.3f", what, JUDGED, recall);
    }

    /** The share of the nearest that are found. */
    private static double recall(List<float[]> questions, List<float[]> vectors, int first, Function<float[], List<Integer>> search) {
        int wanted = 0;
        int found = 0;
        for (float[] question : questions) {
            Set<Integer> answer = search.apply(question).stream().limit(JUDGED).collect(Collectors.toSet());
            for (int number : Topics.nearest(vectors, question, JUDGED)) {
                wanted++;
                found += answer.contains(first + number) ? 1 : 0;
            }
        }
        return (double) found / wanted;
    }

    /** @param search returns how many it has found */
    private static double perSecond(List<float[]> questions, Duration time, ToIntFunction<float[]> search) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long spent = 0;
        int asked = 0;
        while (spent < time.toNanos()) {
            if (search.applyAsInt(questions.get(asked++ % questions.size())) == 0) {
                throw new IllegalStateException("a search has found nothing");
            }
            spent = threads.getCurrentThreadCpuTime() - start;
        }
        return asked * 1e9 / spent;
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> {
                try {
                    return Files.size(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).sum();
        }
    }

    private void embed() throws IOException {
        report.progress("Turning texts into vectors");
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EmbeddingProcess.class.getName(), folder.resolve("model").toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String[] figures = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().split(" ");
        if (figures.length != 4) {
            throw new IllegalStateException("texts could not be turned into vectors");
        }
        report.row("texts of 27 words turned into vectors, one thread, by the clock", Double.parseDouble(figures[0]), "");
        report.note("Of a process that does nothing else, %s MB are in memory before the model is loaded, %s with it and %s after it was released."
                .formatted(figures[1], figures[2], figures[3]));
    }
}
