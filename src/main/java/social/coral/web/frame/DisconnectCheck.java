package social.coral.web.frame;

import gg.jte.TemplateOutput;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.ClientAbortException;
import social.coral.api.CurrentClient;

/** Stops rendering a page when the client has disconnected. */
final class DisconnectCheck implements TemplateOutput {

    private static final int PIECES_BETWEEN_LOOKS = 200;

    private final TemplateOutput page;
    private int pieces;

    DisconnectCheck(TemplateOutput page) {
        this.page = page;
    }

    @Override
    public void writeContent(String text) {
        look();
        page.writeContent(text);
    }

    @Override
    public void writeContent(String text, int from, int to) {
        look();
        page.writeContent(text, from, to);
    }

    @Override
    public void writeBinaryContent(byte[] text) {
        look();
        page.writeBinaryContent(text);
    }

    private void look() {
        if (++pieces % PIECES_BETWEEN_LOOKS == 0) {
            try {
                CurrentClient.requireConnected();
            } catch (ClientAbortException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
