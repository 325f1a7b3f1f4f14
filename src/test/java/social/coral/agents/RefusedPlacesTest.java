package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.annotation.DirtiesContext;
import social.coral.CoralTest;
import social.coral.content.AccountState;
import social.coral.egress.Peer;
import social.coral.networks.TestNetwork;
import social.coral.vault.ApiKey;

/** What a refusal of X about one account, or about what is remembered of it, does to that account alone. */
@CoralTest
@DirtiesContext
class RefusedPlacesTest extends RefusingX {

    @Test
    void aRefusalAboutOneAccountMarksItAndTheOthersAreRead() throws Exception {
        answers(request -> timeline(request, ONE)
                ? Peer.text("403 No", "{\"title\":\"Forbidden\",\"detail\":\"User has been suspended: [1].\"}") : usual(request));
        AgentRun run = toItsEnd(start());
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(step(run, ONE).error()).contains("@" + ONE + " is suspended by X", "X says: “User has been suspended: [1]”.");
        assertThat(step(run, ONE).errorCode()).isEqualTo("forbidden");
        assertThat(account(ONE).state()).isEqualTo(AccountState.REFUSED);
        assertThat(account(OTHER).state()).isEqualTo(AccountState.OK);
        assertThat(key().state()).isEqualTo(ApiKey.State.VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "503 Busy|{\"errors\":[{\"code\":130,\"message\":\"Over capacity\"}]}", "403 No|{\"title\":\"Forbidden\",\"detail\":\"Not from here\"}",
        "418 Odd|{\"title\":\"Odd\"}", "400 Bad|{\"title\":\"Invalid Request\"}", "410 Gone|{\"title\":\"Gone\",\"detail\":\"Use another\"}", "200 OK|{\"data\":null}",
        "400 Bad|{\"title\":\"Invalid Request\",\"errors\":[{\"parameters\":{\"tweet.fields\":[\"x\"]},\"message\":\"no\"}]}"
    })
    void whatIsNotAboutAnAccountMarksNoneAndStandsInTheRun(String refusal) throws Exception {
        answers(request -> timeline(request, ONE) || timeline(request, OTHER) ? Peer.text(refusal.split("\\|")[0], refusal.split("\\|")[1]) : usual(request));
        AgentRun run = toItsEnd(start());
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).startsWith("Neither of the 2 accounts could be read. X ");
        assertThat(account(ONE).state()).isEqualTo(AccountState.NEW);
        assertThat(account(OTHER)).matches(account -> account.state() == AccountState.NEW && account.stateDetail() == null && account.lastVisitedAt() != null);
    }

    @Test
    void aPlaceThatIsRefusedIsLetGoOnceAndPostsAreReadByTime() throws Exception {
        known(ONE, "1800000000000000000");
        answers(request -> !timeline(request, ONE) ? usual(request)
                : request.contains("since_id=1800000000000000000")
                        ? Peer.text("400 Bad", "{\"title\":\"Invalid Request\",\"errors\":[{\"parameters\":{\"since_id\":[\"1\"]},\"message\":\"too old\"}]}")
                        : TestNetwork.json(post(ONE, "1900000000000000000")));
        AgentRun run = toItsEnd(start());
        assertThat(step(run, ONE)).matches(step -> step.status() == StepStatus.SUCCEEDED && "1 new post".equals(step.summary()));
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).hasSize(2).last().asString().contains("start_time=2024-06-10T");
        assertThat(account(ONE).gapAt()).isNotNull();
        assertThat(logged("run")).anyMatch(line -> line.contains("posts are read by time") && line.contains("too old"));

        asked.clear();
        toItsEnd(start());
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).singleElement().asString().contains("since_id=1900000000000000000").doesNotContain("start_time");
    }

    @Test
    void aPlaceIsKeptWhenAskingWithoutItIsRefusedToo() throws Exception {
        known(ONE, "1800000000000000000");
        answers(request -> timeline(request, ONE) ? Peer.text("400 Bad", "{\"title\":\"Invalid Request\"}") : usual(request));
        toItsEnd(start());
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).hasSize(2);
        assertThat(account(ONE)).matches(account -> account.state() == AccountState.FAILING && account.gapAt() == null);
        String place = tenant.call(() -> door.sql("select since_id from public.x_accounts where user_id = :tenant and username = :name")
                .param("name", ONE).one(row -> row.getString(1)));
        assertThat(place).isEqualTo("1800000000000000000");
    }

    @Test
    void aTimeThatIsRefusedAfterThePlaceIsLetGoToo() throws Exception {
        known(ONE, "1800000000000000000");
        answers(request -> !timeline(request, ONE) ? usual(request)
                : request.contains("since_id") ? refused("since_id") : request.contains("start_time") ? refused("start_time")
                        : TestNetwork.json(post(ONE, "1900000000000000000")));
        AgentRun run = toItsEnd(start());
        assertThat(step(run, ONE).summary()).isEqualTo("1 new post");
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).hasSize(3);
        assertThat(account(ONE)).matches(account -> account.state() == AccountState.OK && account.gapAt() != null);
    }

    private static Peer.Answer refused(String parameter) {
        return Peer.text("400 Bad", "{\"title\":\"Invalid Request\",\"errors\":[{\"parameters\":{\"%s\":[\"1\"]},\"message\":\"no\"}]}".formatted(parameter));
    }

    @Test
    void aCursorThatIsRefusedAgainEndsTheVisitAndKeepsWhatCame() throws Exception {
        answers(request -> !timeline(request, ONE) ? usual(request)
                : request.contains("pagination_token=old")
                        ? Peer.text("400 Bad", "{\"title\":\"Invalid Request\",\"errors\":[{\"parameters\":{\"pagination_token\":[\"old\"]},\"message\":\"no\"}]}")
                        : TestNetwork.json(post(ONE, "1900000000000000000").replace("}]}", "}],\"meta\":{\"next_token\":\"old\"}}")));
        AgentRun run = toItsEnd(start());
        assertThat(step(run, ONE).summary()).isEqualTo("1 new post; the network refused the next page, so the rest was left");
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).hasSize(4);
        assertThat(account(ONE)).matches(account -> account.state() == AccountState.OK && account.gapAt() != null);

        asked.clear();
        answers(RefusingX::usual);
        toItsEnd(start());
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).singleElement().asString().contains("since_id=1900000000000000000");
    }

    @Test
    void aNextPageThatCannotBeAskedForCostsOnlyTheRest() throws Exception {
        known(ONE, "1800000000000000000");
        answers(request -> !timeline(request, ONE) ? usual(request)
                : TestNetwork.json(post(ONE, "1900000000000000000").replace("}]}", "}],\"meta\":{\"next_token\":\"" + "x".repeat(1001) + "\"}}")));
        AgentRun run = toItsEnd(start());
        assertThat(step(run, ONE).summary())
                .isEqualTo("1 new post; the network names the next page with a token that cannot be used, so the rest was left");
        assertThat(account(ONE)).matches(account -> account.state() == AccountState.OK && account.gapAt() != null);

        answers(RefusingX::usual);
        asked.clear();
        toItsEnd(start());
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).singleElement().asString().contains("since_id=1900000000000000000");
    }

    @ParameterizedTest
    @CsvSource({"back, 3, the network names a page that was read before as the next one", "same, 2, the network sends the same posts again as the next page"})
    void pagesThatGoRoundAreReadOnceAndTheRestIsSaidToBeLeft(String how, int calls, String why) throws Exception {
        answers(request -> {
            if (!timeline(request, ONE)) {
                return usual(request);
            }
            boolean isSecond = how.equals("back") && request.contains("pagination_token=b");
            String next = how.equals("back") ? isSecond ? "a" : "b" : "page" + asked.size();
            return TestNetwork.json(post(ONE, isSecond ? "1890000000000000000" : "1900000000000000000").replace("}]}", "}],\"meta\":{\"next_token\":\"" + next + "\"}}"));
        });
        AgentRun run = toItsEnd(start());
        assertThat(step(run, ONE).summary()).isEqualTo((how.equals("back") ? "2 new posts; " : "1 new post; ") + why + ", so the rest was left");
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).hasSize(calls);
        assertThat(account(ONE)).matches(account -> account.state() == AccountState.OK && account.gapAt() != null);
    }

    @Test
    void anEditedPostTakesThePlaceOfItsFirstVersionAndKeepsItsTime() throws Exception {
        String newer = post(ONE, "1899611796403126273").replace("\"a\"", "\"edited\"").replace("00:00:00Z", "00:02:00Z")
                .replace("}]}", ",\"edit_history_tweet_ids\":[\"1899611293086646273\",\"1899611796403126273\"]}]}");
        answers(request -> !timeline(request, ONE) ? usual(request) : TestNetwork.json(post(ONE, "1899611293086646273")));
        toItsEnd(start());
        answers(request -> !timeline(request, ONE) ? usual(request) : TestNetwork.json(newer));
        toItsEnd(start());
        assertThat(tenant.call(() -> door.sql("select tweet_id || content || older_versions || created_at from public.tweets_cache where user_id = :tenant")
                .list(row -> row.getString(1)))).singleElement().asString().startsWith("1899611796403126273edited18996112930866462732025-03-12 00:00");
    }

    @Test
    void anIdThatIsGoneIsLookedUpAgainByNameOnce() throws Exception {
        known(ONE, "1800000000000000000");
        answers(request -> request.contains("/users/4/tweets") ? Peer.text("404 No", "{\"title\":\"Not Found\",\"type\":\"about:blank\"}")
                : timeline(request, ONE) ? TestNetwork.json(post(ONE, "1900000000000000000")) : usual(request));
        tenant.run(() -> door.sql("update public.x_accounts set network_user_id = '4' where user_id = :tenant and username = :name").param("name", ONE).update());
        AgentRun run = toItsEnd(start());
        assertThat(step(run, ONE).summary()).isEqualTo("1 new post");
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).singleElement().asString().doesNotContain("since_id");

        answers(request -> timeline(request, ONE) ? Peer.text("404 No", "{\"title\":\"Not Found Error\",\"detail\":\"User has been deactivated: [1].\"}") : usual(request));
        asked.clear();
        toItsEnd(start());
        assertThat(asked).filteredOn(request -> lookUp(request, ONE)).hasSize(1);
        assertThat(account(ONE)).matches(account -> account.state() == AccountState.REFUSED
                && ("X has the account @" + ONE + " but does not give its posts. X says: “User has been deactivated: [1]”.").equals(account.stateDetail()));
        assertThat(account(OTHER).state()).isEqualTo(AccountState.OK);

        asked.clear();
        toItsEnd(start());
        assertThat(asked).as("a name is not paid for again on the same day").noneMatch(request -> lookUp(request, ONE));
        assertThat(account(ONE).state()).isEqualTo(AccountState.REFUSED);
    }
}
