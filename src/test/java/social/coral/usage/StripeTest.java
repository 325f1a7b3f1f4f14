package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.OwnerDoor;

/** What the events of a payment provider do to a person's plan. */
@CoralTest
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = {"coral.payments.stripe.webhook-secret=" + StripeTest.SECRET, "coral.payments.stripe.prices=price_p=pro, price_e=enterprise"})
class StripeTest {

    static final String SECRET = "whsec_0123456789abcdef";
    private static final long NOW = Instant.now().getEpochSecond();

    @Autowired private People people;
    @Autowired private DatabaseServer server;

    private TestPerson person;
    private String customer;

    @BeforeEach
    void aPerson() {
        person = people.aPerson();
        customer = "cus_" + UUID.randomUUID();
    }

    private String checkout() {
        return event("checkout.session.completed", 0, """
                {"id":"cs_1","object":"checkout.session","customer":"%s","client_reference_id":"%s"}""".formatted(customer, person.id()));
    }

    private String subscription(String type, long at, String id, String status, String price) {
        return event("customer.subscription." + type, at, """
                {"id":"%s","object":"subscription","customer":"%s","status":"%s","metadata":{},
                 "items":{"object":"list","data":[{"id":"si_1","object":"subscription_item","price":{"id":"%s","object":"price"}}]}}
                """.formatted(id + customer, customer, status, price));
    }

    private String subscription(String type, long at, String id, String items, TestPerson named) {
        return event("customer.subscription." + type, at, """
                {"id":"%s","object":"subscription","customer":"%s","status":"active","metadata":{"user_id":"%s"},"items":{"object":"list","data":[%s]}}
                """.formatted(id + customer, customer, named.id(), items));
    }

    private static String event(String type, long at, String object) {
        return """
                {"id":"evt_%s","object":"event","api_version":"2031-01-01.next","created":%d,"type":"%s","data":{"object":%s}}
                """.formatted(UUID.randomUUID(), NOW + at, type, object);
    }

    private TestAnswer send(String body) {
        return send(body, signed(body, NOW, SECRET));
    }

    private TestAnswer send(String body, String signature) {
        return people.aStranger().with("Stripe-Signature", signature).send("POST", "/webhooks/stripe", BodyPublishers.ofString(body), "application/json; charset=utf-8");
    }

    private static String signed(String body, long at, String secret) {
        try {
            return "t=" + at + ",v1=" + Webhook.Util.computeHmacSha256(secret, at + "." + body);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String plan() {
        return person.get("/api/user/profile").text("/profile/subscription_tier");
    }

    @Test
    void aSubscriptionGivesItsPlanWhileItIsPaidFor() {
        assertThat(send(checkout()).status()).isEqualTo(200);
        assertThat(plan()).isEqualTo("free");
        send(subscription("created", 1, "sub_1", "incomplete", "price_p"));
        assertThat(plan()).isEqualTo("free");
        send(subscription("updated", 2, "sub_1", "active", "price_p"));
        assertThat(plan()).isEqualTo("pro");
        assertThat(person.get("/api/user/usage").json().at("/usage/limit").asInt()).isEqualTo(5_000);
        assertThat(person.get("/api/user/audit").body()).contains("plan.changed");
        send(subscription("created", 3, "sub_2", "active", "price_e"));
        assertThat(plan()).as("the better of two").isEqualTo("enterprise");
        send(subscription("updated", 4, "sub_2", "canceled", "price_e"));
        assertThat(plan()).isEqualTo("pro");
        send(subscription("deleted", 5, "sub_1", "canceled", "price_p"));
        assertThat(plan()).isEqualTo("free");
        assertThat(send(event("invoice.paid", 6, "{\"id\":\"in_1\",\"object\":\"invoice\"}")).status()).as("what is not listened to").isEqualTo(200);
        assertThat(person.browser().get("/settings/usage").body()).doesNotContainIgnoringCase("stripe");
    }

    @Test
    void aPriceThatNobodySetAPlanForLeavesThePlanAndIsNamedInTheLog(CapturedOutput log) {
        send(checkout());
        send(subscription("created", 1, "sub_1", "active", "price_p"));
        assertThat(send(subscription("updated", 2, "sub_1", "active", "price_forgotten")).status()).isEqualTo(200);
        assertThat(plan()).as("what they paid for before").isEqualTo("pro");
        assertThat(log).contains("sub_1" + customer, "price_forgotten, which STRIPE_PRICES does not name");
        send(subscription("deleted", 3, "sub_1", "canceled", "price_forgotten"));
        assertThat(plan()).isEqualTo("free");
    }

    @Test
    void whatTheNextPlanHasNoRoomForIsPausedWhenASubscriptionEnds() {
        send(checkout());
        send(subscription("created", 1, "sub_1", "active", "price_p"));
        send(subscription("created", 1, "sub_2", "active", "price_e"));
        for (String name : List.of("first", "second")) {
            assertThat(person.post("/api/x-accounts", Map.of("username", name)).status()).isEqualTo(201);
        }
        try {
            change("accounts=1");
            assertThat(person.get("/api/x-accounts").body()).doesNotContain("\"is_active\":false");

            send(subscription("deleted", 2, "sub_2", "canceled", "price_e"));

            assertThat(plan()).isEqualTo("pro");
            assertThat(person.get("/api/x-accounts").json().at("/x_accounts").valueStream().filter(account -> account.at("/is_active").asBoolean())
                    .map(account -> account.at("/username").asString())).containsExactly("first");
            assertThat(person.get("/api/user/audit").body()).contains("@second (plan pro)");
        } finally {
            change("accounts=none");
        }
    }

    private void change(String limit) {
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            new Plans(owner).change("pro", List.of(limit));
        }
    }

    @RepeatedTest(20)
    void theOrderInWhichEventsComeAndComeAgainDoesNotMatter(RepetitionInfo repetition) {
        List<String> events = new ArrayList<>(List.of(checkout(),
                subscription("created", 1, "sub_1", "active", "price_e"), subscription("updated", 2, "sub_1", "unpaid", "price_e"),
                subscription("created", 1, "sub_2", "active", "price_e"), subscription("updated", 5, "sub_2", "active", "price_p"),
                subscription("created", 3, "sub_3", "active", "price_e"), subscription("deleted", 4, "sub_3", "canceled", "price_e")));
        events.addAll(List.copyOf(events));
        Collections.shuffle(events, new Random(repetition.getCurrentRepetition()));
        events.forEach(event -> assertThat(send(event).status()).isEqualTo(200));
        assertThat(plan()).isEqualTo("pro");
    }

    @RepeatedTest(6)
    void eventsOfOneSecondCountInTheOrderOfWhatTheyTellInWhicheverOrderTheyCome(RepetitionInfo repetition) {
        List<String> begun = new ArrayList<>(List.of(checkout(), subscription("created", 1, "sub_1", "incomplete", "price_p"), subscription("updated", 1, "sub_1", "active", "price_p")));
        Collections.shuffle(begun, new Random(repetition.getCurrentRepetition()));
        begun.forEach(this::send);
        assertThat(plan()).isEqualTo("pro");
        List<String> ended = new ArrayList<>(List.of(subscription("updated", 2, "sub_1", "active", "price_p"), subscription("deleted", 2, "sub_1", "canceled", "price_p"),
                subscription("updated", 3, "sub_1", "active", "price_p")));
        Collections.shuffle(ended, new Random(repetition.getCurrentRepetition()));
        ended.forEach(this::send);
        assertThat(plan()).as("what has ended stays so").isEqualTo("free");
    }

    @Test
    void aPlanOfTheOperatorsIsTakenAwayByNoCheckoutAndNoSmallerSubscriptionAndNoneIsLeftBehind() {
        give("enterprise");
        send(checkout());
        assertThat(plan()).as("a checkout has paid for nothing yet").isEqualTo("enterprise");
        send(subscription("created", 1, "sub_1", "active", "price_p"));
        send(subscription("deleted", 2, "sub_1", "canceled", "price_p"));
        assertThat(plan()).isEqualTo("enterprise");
        give("pro");
        send(subscription("created", 3, "sub_2", "active", "price_e"));
        assertThat(plan()).isEqualTo("enterprise");
        send(subscription("deleted", 4, "sub_2", "canceled", "price_e"));
        assertThat(plan()).as("the plan from before").isEqualTo("pro");
        send(subscription("created", 5, "sub_3", "active", "price_e"));
        give("free");
        send(subscription("updated", 6, "sub_3", "active", "price_e"));
        assertThat(plan()).as("what tells nothing new changes nothing").isEqualTo("free");
    }

    private void give(String plan) {
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            new Plans(owner).set(person.email(), plan);
        }
    }

    @Test
    void aSubscriptionPaysForTheBestOfItsPricesAndForThePersonItNames() {
        send(checkout());
        TestPerson first = person;
        person = people.aPerson();
        assertThat(send(subscription("created", 1, "sub_1", """
                {"id":"si_0","object":"subscription_item","price":null}, {"id":"si_1","object":"subscription_item","price":{"id":"price_p","object":"price"}},
                {"id":"si_2","object":"subscription_item","price":{"id":"price_e","object":"price"}}""", person)).status()).isEqualTo(200);
        assertThat(plan()).isEqualTo("enterprise");
        person = first;
        assertThat(plan()).isEqualTo("free");
    }

    @Test
    void anEventOfAHundredKilobytesIsTakenAndCallsAreCountedForTheirNetwork() {
        TestAnswer taken = send(event("invoice.paid", 1, "{\"id\":\"in_1\",\"object\":\"invoice\",\"description\":\"" + "x".repeat(100_000) + "\"}"));
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.header("RateLimit-Policy")).contains("stranger");
    }

    @Test
    void whatStripeDidNotSignJustNowIsRefused() {
        send(checkout());
        String paid = subscription("created", 1, "sub_1", "active", "price_e");
        for (String signature : List.of("", "t=1", "t=" + NOW + ",v1=00", signed(paid, NOW - 400, SECRET), signed(paid, NOW, "whsec_another"), signed(paid + " ", NOW, SECRET))) {
            TestAnswer refused = send(paid, signature);
            assertThat(refused.status()).as(signature).isEqualTo(400);
            assertThat(refused.text("/error_code")).isEqualTo("invalid_signature");
        }
        assertThat(send("not json").status()).isEqualTo(400);
        assertThat(plan()).isEqualTo("free");
        assertThat(send(paid).status()).isEqualTo(200);
        assertThat(plan()).isEqualTo("enterprise");
    }

    @Test
    void aCustomerBelongsToWhomItWasToldForFirst() {
        send(checkout());
        TestPerson first = person;
        person = people.aPerson();
        send(checkout());
        send(subscription("created", 1, "sub_1", "active", "price_e"));
        assertThat(plan()).isEqualTo("free");
        person = first;
        assertThat(plan()).isEqualTo("enterprise");
    }

    @Test
    void nothingOfAPayingPersonStaysAfterTheirErasure() throws SQLException {
        send(checkout());
        send(subscription("created", 1, "sub_1", "active", "price_e"));
        try (Connection owner = server.connectAsOwner()) {
            owner.createStatement().execute("select auth.ask_erasure('" + person.id() + "', now() - interval '1 second')");
            String state = "";
            for (int i = 0; i < 200 && !state.equals("done"); i++) {
                try (PreparedStatement some = owner.prepareStatement("select jobs.erase_some(?, 1000, true)")) {
                    some.setObject(1, person.id());
                    ResultSet row = some.executeQuery();
                    row.next();
                    state = row.getString(1);
                }
            }
            assertThat(state).isEqualTo("done");
        }
        assertThat(send(subscription("updated", 2, "sub_1", "active", "price_p")).status()).isEqualTo(200);
    }
}
