package social.coral.web;

import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.stereotype.Component;

/**
 * Spring's own wall against malformed requests. Its rule for headers is a regular expression that runs each time one is
 * read, a long token's too; here is the same rule, character by character.
 */
@Component
final class Firewall extends StrictHttpFirewall {

    Firewall() {
        setAllowedHeaderNames(Firewall::isPrintable);
        setAllowedHeaderValues(value -> isPrintable(value.replace('\t', ' ')));
    }

    /** Whether the text is made of assigned characters and none that controls a device. */
    static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            boolean ascii = point >= ' ' && point < 127;
            if (!ascii && (Character.isISOControl(point) || !Character.isDefined(point))) {
                return false;
            }
        }
        return true;
    }
}
