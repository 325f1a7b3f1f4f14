package social.coral;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Coral Social: one process that serves the pages and the API and runs the agents. */
@SpringBootApplication
public class CoralApplication {

    static void main(String[] args) {
        SpringApplication.run(CoralApplication.class, args);
    }
}
