package social.coral.installation;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

/** The address of an installation with this APP_URL. */
public final class TestAddress {

    private TestAddress() {}

    public static PublicAddress of(String appUrl) {
        Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("coral.installation.app-url", appUrl)));
        return new PublicAddress(binder.bindOrCreate("coral.installation", InstallationSettings.class), new MockEnvironment());
    }
}
