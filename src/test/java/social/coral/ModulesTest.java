package social.coral;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    @Test
    void everyRoomTouchesOnlyTheRoomsThatItNames() {
        ApplicationModules.of(CoralApplication.class).verify();
    }
}
