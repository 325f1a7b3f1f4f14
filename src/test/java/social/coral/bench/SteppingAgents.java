package social.coral.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.context.annotation.Bean;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.Run;

/** Two agents whose steps do nothing but commit, for a product that is to be measured. The product knows them only where {@link #in} put them. */
final class SteppingAgents {

    static final String MANY = "bench-steps";
    static final String ONE = "bench-step";
    static final int STEPS = 20;

    private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    /** What a step remembers. */
    record Done(String step) {}

    record Stepping(String name, int count) implements Agent {

        @Override
        public AgentDescription about() {
            return new AgentDescription(name, "Step", "Commits steps.", Set.of());
        }

        @Override
        public String work(Run run) {
            for (String step : run.plan(IntStream.rangeClosed(1, count).mapToObj(number -> "Step " + number).toList())) {
                run.step(step, memory -> memory.commit(() -> new Run.Committed<>(new Done(step), "Done")));
            }
            return "Done";
        }
    }

    @Bean
    Agent many() {
        return new Stepping(MANY, STEPS);
    }

    @Bean
    Agent one() {
        return new Stepping(ONE, 1);
    }

    /** Puts the agents alone into a folder for the class path: the other classes of the tests would make another product of it. */
    static Path in(Path folder) throws IOException {
        List<Class<?>> classes = new ArrayList<>(List.of(SteppingAgents.class.getDeclaredClasses()));
        classes.add(SteppingAgents.class);
        for (Class<?> one : classes) {
            String name = one.getName().replace('.', '/') + ".class";
            Path file = folder.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            try (InputStream code = Objects.requireNonNull(SteppingAgents.class.getResourceAsStream("/" + name))) {
                Files.copy(code, file);
            }
        }
        Path imports = folder.resolve(IMPORTS);
        Files.createDirectories(Objects.requireNonNull(imports.getParent()));
        Files.writeString(imports, SteppingAgents.class.getName());
        return folder;
    }
}
