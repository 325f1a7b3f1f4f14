package social.coral.installation;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** Prints a sentence instead of a stack trace for what an operator can correct. Registered in {@code spring.factories}. */
final class StartFaultReporter implements SpringBootExceptionReporter {

    StartFaultReporter(@Nullable ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        String sentence = sentenceOf(failure);
        if (sentence == null) {
            return false;
        }
        System.err.println("Coral Social cannot start: " + sentence);
        return true;
    }

    static @Nullable String sentenceOf(Throwable failure) {
        BindException unreadable = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StartFault fault -> {
                    return fault.getMessage();
                }
                case PortInUseException port -> {
                    return ServingPort.sentence(port.getPort(), "in use");
                }
                case BindException bind -> unreadable = bind;
                default -> {}
            }
        }
        return unreadable == null ? null : SettingFaults.sentence(unreadable);
    }
}
