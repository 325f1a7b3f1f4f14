package social.coral;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Coral Social: one process that serves the pages and the API and runs the agents. */
@SpringBootApplication
public class CoralApplication {

    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    // More than runs and exports compute at once: one that computes keeps its thread until it is done, and where there are as many
    // threads as processors two of them keep everybody else from going on. The system shares the processors out among these.
    private static final String ENOUGH = "96";

    static void main(String[] args) {
        if (System.getProperty(CARRIERS) == null) {
            System.setProperty(CARRIERS, ENOUGH);
        }
        SpringApplication.run(CoralApplication.class, args);
    }
}
