package social.coral.installation;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Prints the address once the server is ready. */
@Component
final class ReadyLine {

    private final PublicAddress address;

    ReadyLine(PublicAddress address) {
        this.address = address;
    }

    @EventListener
    @Order
    void print(ApplicationReadyEvent event) {
        System.out.println("Coral Social is ready at " + address.origin() + address.portNote());
    }
}
