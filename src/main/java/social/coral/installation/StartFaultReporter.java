package social.coral.installation;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** Prints the sentence of a {@link StartFault} instead of a stack trace. Registered in {@code spring.factories}. */
final class StartFaultReporter implements SpringBootExceptionReporter {

    StartFaultReporter(@Nullable ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartFault) {
                System.err.println("Coral Social cannot start: " + cause.getMessage());
                return true;
            }
            if (cause instanceof PortInUseException port) {
                System.err.println("Coral Social cannot start: port " + port.getPort()
                        + " is taken by another program; stop it, or choose another port with PORT=" + (port.getPort() + 1)
                        + " ./coral run");
                return true;
            }
        }
        return false;
    }
}
