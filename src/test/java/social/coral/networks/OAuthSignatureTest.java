package social.coral.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the examples that RFC 5849 and X publish. */
class OAuthSignatureTest {

    @Test
    void theRequestOfTheStandardHasTheSignatureOfTheStandard() {
        Map<String, String> header = Map.of("oauth_consumer_key", "dpf43f3p2l4k3l03", "oauth_token", "nnch734d00sl2jdk",
                "oauth_signature_method", "HMAC-SHA1", "oauth_timestamp", "137131202", "oauth_nonce", "chapoH");
        assertThat(OAuthSignature.of("GET", URI.create("http://photos.example.net/photos?file=vacation.jpg&size=original"), header,
                        "kd94hf93k423kf44", "pfkkdhi9sl3r4s00"))
                .isEqualTo("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
    }

    @Test
    void namesThatRepeatAreEmptyOrEncodedAreOrderedAsTheStandardSays() {
        Map<String, String> header = Map.of("oauth_consumer_key", "9djdj82h48djs9d2", "oauth_token", "kkk9d7dh3k39sjv7",
                "oauth_signature_method", "HMAC-SHA1", "oauth_timestamp", "137131201", "oauth_nonce", "7d8f3e4a");
        // The standard sends the last two in a form, which is signed like the query.
        assertThat(OAuthSignature.baseString("POST", URI.create("HTTP://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q"), header))
                .isEqualTo("POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D"
                        + "%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1"
                        + "%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7");
    }

    @Test
    void theRequestInTheGuideOfXHasTheSignatureOfTheGuide() {
        Map<String, String> header = Map.of("oauth_consumer_key", "xvz1evFS4wEEPTGEFPHBog", "oauth_nonce", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
                "oauth_signature_method", "HMAC-SHA1", "oauth_timestamp", "1318622958", "oauth_token", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
                "oauth_version", "1.0");
        URI address = URI.create("https://api.twitter.com/1.1/statuses/update.json?include_entities=true"
                + "&status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21");
        assertThat(OAuthSignature.of("POST", address, header, "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"))
                .isEqualTo("hCtSmYh+iHYCEqBWrE7C7hYmtUk=");
    }
}
