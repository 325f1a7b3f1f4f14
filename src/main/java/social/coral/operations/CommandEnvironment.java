package social.coral.operations;

import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import social.coral.installation.StartFault;

/** The settings of a command, which runs in a short-lived process without the application. */
final class CommandEnvironment {

    private CommandEnvironment() {}

    /** Loads the settings, and turns the log off. */
    static ConfigurableEnvironment load() {
        LoggingSystem.get(CommandEnvironment.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        ConfigurableEnvironment environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }

    static StartFault noInstallation() {
        return new StartFault("There is no installation here yet. The first ./coral run creates the master key and the database.");
    }
}
