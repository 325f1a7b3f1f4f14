package social.coral.sandbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.StartFault;

/**
 * Where the sandbox listens.
 *
 * @param port from SANDBOX_PORT, or 0 for a free one
 * @param demo whether it starts with the application, on {@value #DEMO_PORT} if that is free
 */
@ConfigurationProperties("coral.sandbox")
record SandboxSettings(@DefaultValue("0") int port, @DefaultValue("false") boolean demo) {

    static final int DEMO_PORT = 8090;

    SandboxSettings {
        if (port < 0 || port > 65_535) {
            throw new StartFault("SANDBOX_PORT is not a port. Use a number from 1 to 65535, or 0 for any free port.");
        }
    }
}
