package social.coral.edge;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.stereotype.Component;

/**
 * Spring Security's firewall against malformed requests. Its own rule for headers is a regular expression that runs each time one is
 * read; this is the same rule, character by character.
 */
@Component
final class Firewall extends StrictHttpFirewall {

    Firewall() {
        setAllowedHeaderNames(Firewall::isPrintable);
        setAllowedHeaderValues(value -> isPrintable(value.replace('\t', ' ')));
    }

    /** A body has one type. Spring fails on a wildcard only when a controller reads its headers, with a 500. */
    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) throws RequestRejectedException {
        String type = request.getContentType();
        if (type != null && type.split(";", 2)[0].contains("*")) {
            throw new RequestRejectedException("the content type has a wildcard");
        }
        return super.getFirewalledRequest(request);
    }

    /** Whether the text has only assigned characters and no control characters. */
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
