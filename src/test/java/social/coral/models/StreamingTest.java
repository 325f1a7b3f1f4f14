package social.coral.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import social.coral.egress.Peer;
import social.coral.models.Streams.End;
import social.coral.services.EnteredCalls.Entered;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call.Outcome;

/** Answers that are shown while they are written, from a stand-in of each provider over a real socket. */
class StreamingTest {

    private static final String SEEN = "Grüße 🌊 vom [1] Riff, [9] ";

    /** What a person has been shown. */
    private static class Shown implements Draft {

        final StringBuilder text = new StringBuilder();
        final List<String> dropped = new ArrayList<>();

        @Override
        public void begun() {
            if (!text.isEmpty()) {
                dropped.add(text.toString());
            }
            text.setLength(0);
        }

        @Override
        public void added(String part) {
            text.append(part);
        }
    }

    private final Shown shown = new Shown();

    /** A stand-in that answers each call with the next of these streams. */
    private static Peer that(List<Peer.Answer> answers) {
        Iterator<Peer.Answer> next = answers.iterator();
        return Peer.thatChooses(head -> next.next());
    }

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static Peer.Answer stream(List<String> events) {
        return out -> {
            cut(events).write(out);
            write(out, "\n\n");
            end(out);
        };
    }

    /** The end of such a stream is missing, and so is that of its last event. */
    private static Peer.Answer cut(List<String> events) {
        return out -> {
            out.write(HEAD.getBytes(StandardCharsets.UTF_8));
            write(out, String.join("\n\n", events));
        };
    }

    private static void end(OutputStream out) throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void write(OutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(OutputStream out, byte... chunk) throws IOException {
        out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(chunk);
        out.write("\r\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, whole", "OPENAI, bytes", "ANTHROPIC, whole", "ANTHROPIC, bytes", "PERPLEXITY, whole", "PERPLEXITY, bytes",
        "EARLIER_PERPLEXITY, whole", "EARLIER_PERPLEXITY, bytes"})
    void anAnswerIsShownAsItIsWrittenAndReadAsAWhole(Streams provider, String way) throws IOException {
        List<String> events = new ArrayList<>(provider.answer(End.COMPLETE, "Grüße ", "🌊 vom ", "[1] Riff", ", [9] "));
        events.add(2, ": ping\nid: 7\nretry: 10");
        events.add(3, "event: ping\ndata: {\"type\": \"ping\"}");
        Peer.Answer answer = way.equals("whole") ? stream(events) : out -> {
            out.write(HEAD.getBytes(StandardCharsets.UTF_8));
            write(out, "\uFEFF");
            for (byte one : (String.join("\r\n\r\n", events) + "\r\n\r\n").replace("data: {\"type\": \"ping\"}", "data:{\r\ndata:\"type\": \"ping\"}")
                    .getBytes(StandardCharsets.UTF_8)) {
                write(out, one);
            }
            end(out);
        };
        try (Peer peer = that(List.of(answer))) {
            TestModel model = new TestModel(provider.at(peer.url()));
            Answer whole = model.ask(TestModel.PROMPT, shown);
            assertThat(whole).isInstanceOf(Answer.Text.class);
            boolean searches = provider.at("http://x").unit().equals("search_request");
            assertThat(shown.text.toString()).isEqualTo(SEEN);
            assertThat(((Answer.Text) whole).text()).isEqualTo(searches ? "Grüße 🌊 vom [1] Riff," : SEEN.strip());
            assertThat(whole.details().sources()).hasSize(searches ? 1 : 0);
            assertThat(whole.details().used()).isEqualTo(new Amount(searches ? 1 : 0, 42, 30, 7, 0));
            Entered entered = model.ledger.list().getFirst();
            assertThat(entered.outcome()).isEqualTo(Outcome.OK);
            assertThat(entered.used()).isEqualTo(whole.details().used());
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, LENGTH", "OPENAI, REFUSED", "ANTHROPIC, LENGTH", "ANTHROPIC, REFUSED", "PERPLEXITY, LENGTH", "PERPLEXITY, REFUSED", "EARLIER_PERPLEXITY, LENGTH",
        "OPENAI, COMPLETE", "ANTHROPIC, COMPLETE", "PERPLEXITY, COMPLETE"})
    void aStreamIsJudgedAsAWholeAnswerIs(Streams provider, End end) throws IOException {
        Peer.Answer answer = stream(end == End.COMPLETE ? provider.answer(end, " ", "\n") : provider.answer(end, "Half ", "an answer"));
        try (Peer peer = that(List.of(answer, answer))) {
            TestModel model = new TestModel(provider.at(peer.url()));
            Answer judged = model.ask(TestModel.PROMPT, shown);
            assertThat(judged.getClass()).isEqualTo(switch (end) {
                case COMPLETE -> Answer.Empty.class;
                case LENGTH -> Answer.Truncated.class;
                case REFUSED -> Answer.Refused.class;
            });
            assertThat(judged.toString()).doesNotContain("Half");
            assertThat(model.ledger.list()).hasSize(end == End.LENGTH ? 2 : 1);
            assertThat(shown.dropped).hasSize(end == End.LENGTH ? 1 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Streams.class)
    void anOverloadBeforeAnyTextIsWaitedOutAndWhatItCostIsEntered(Streams provider) throws IOException {
        Peer.Answer failing = stream(List.of(provider.start(), provider.overloaded()));
        Peer.Answer refused = Peer.text("529 Overloaded", "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded just now\"}}");
        try (Peer peer = that(List.of(refused, failing, stream(provider.answer(End.COMPLETE, "Tea."))))) {
            TestModel model = new TestModel(provider.at(peer.url()));
            assertThat(((Answer.Text) model.ask(TestModel.PROMPT, shown)).text()).isEqualTo("Tea.");
            assertThat(shown.text.toString()).isEqualTo("Tea.");
            assertThat(shown.dropped).isEmpty();
            assertThat(model.waits).hasSize(2);
            assertThat(model.ledger.list()).extracting(Entered::outcome).containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.OK);
            assertThat(model.ledger.list().get(0).used()).isEqualTo(Amount.NONE);
            Entered overloaded = model.ledger.list().get(1);
            assertThat(overloaded.used().inputTokens()).isEqualTo(provider == Streams.ANTHROPIC ? 42 : overloaded.most().inputTokens());
            assertThat(overloaded.used().outputTokens()).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, true", "OPENAI, false", "ANTHROPIC, true", "ANTHROPIC, false", "PERPLEXITY, true", "PERPLEXITY, false", "EARLIER_PERPLEXITY, true",
        "EARLIER_PERPLEXITY, false"})
    void ofAStreamThatBreaksAfterItsFirstWordsNothingIsKept(Streams provider, boolean saysWhy) throws IOException {
        String begun = "word ".repeat(100);
        List<String> events = new ArrayList<>(List.of(provider.start(), provider.part(begun)));
        events.add(saysWhy ? provider.overloaded() : provider.part("cut").substring(0, 30));
        Peer.Answer breaking = saysWhy ? stream(events) : out -> {
            cut(events).write(out);
            out.close();
        };
        try (Peer peer = that(List.of(breaking, breaking, breaking))) {
            TestModel model = new TestModel(provider.at(peer.url()));
            ServiceFault.Postponed fault = model.fault(ServiceFault.Postponed.class, () -> model.ask(TestModel.PROMPT, shown));
            assertThat(fault.reason()).isEqualTo(ServiceFault.Postponed.Reason.UNAVAILABLE);
            assertThat(fault.sentence()).doesNotContain("word");
            assertThat(shown.text.toString()).isEqualTo(begun);
            assertThat(shown.dropped).containsExactly(begun, begun);
            assertThat(model.ledger.list()).hasSize(3).allSatisfy(entered -> {
                assertThat(entered.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(entered.used().outputTokens()).isBetween(100, 500);
                assertThat(entered.used().atMost(entered.most())).isEqualTo(entered.used());
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Streams.class)
    void whoLeavesHalfWayEndsTheCallAndPaysForWhatCame(Streams provider) throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Peer.Answer endless = out -> {
            try {
                cut(List.of(provider.start(), provider.part("Tea "))).write(out);
                write(out, "\n\n");
                while (true) {
                    write(out, ": ping\n\n");
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                closed.countDown();
            }
        };
        try (Peer peer = that(List.of(endless))) {
            TestModel model = new TestModel(provider.at(peer.url()));
            CountDownLatch first = new CountDownLatch(1);
            AtomicReference<Throwable> end = new AtomicReference<>();
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            Thread person = Thread.ofVirtual().start(() -> {
                end.set(catchThrowable(() -> model.ask(TestModel.PROMPT, new Shown() {
                    @Override
                    public void added(String part) {
                        super.added(part);
                        first.countDown();
                    }
                })));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            first.await();
            person.interrupt();
            person.join();
            closed.await();
            assertThat(end.get()).isInstanceOf(CancellationException.class);
            assertThat(interrupted.get()).isTrue();
            assertThat(model.ledger.stillOpen()).isZero();
            Entered entered = model.ledger.list().getFirst();
            assertThat(entered.outcome()).isEqualTo(Outcome.CUT_SHORT);
            assertThat(entered.used().outputTokens()).isBetween(1, 4);
            assertThat(entered.used().inputTokens()).isEqualTo(provider == Streams.ANTHROPIC ? 42 : entered.most().inputTokens());
        }
    }

    @Test
    void anEventThatIsTooLongOrNoTextOrNoJsonIsNoAnswer() throws IOException {
        List<Peer.Answer> wrong = List.of(
                stream(List.of(Streams.OPENAI.start(), Streams.OPENAI.part("x".repeat(EventStream.MAX_EVENT_BYTES)))),
                stream(List.of(Streams.OPENAI.start(), "data: {\"choices\":")),
                out -> {
                    out.write(HEAD.getBytes(StandardCharsets.UTF_8));
                    write(out, "data: ".getBytes(StandardCharsets.UTF_8));
                    write(out, (byte) 0xC3, (byte) '"', (byte) '\n', (byte) '\n');
                    end(out);
                });
        try (Peer peer = that(wrong)) {
            for (int call = 0; call < wrong.size(); call++) {
                TestModel model = new TestModel(Streams.OPENAI.at(peer.url()));
                model.fault(ServiceFault.Malformed.class, () -> model.ask(TestModel.PROMPT, shown));
                assertThat(shown.text.toString()).isEmpty();
                assertThat(model.ledger.list().getFirst().outcome()).isEqualTo(Outcome.FAILED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "They wa|nt tea.</th|ink>Goo|d tea. | Good tea. | They want tea.</th",
        "They want tea.</think>Good tea. | | | | Good tea. |",
        "Write <think> an|d </think> around it.</think> | | | Write <think> and </think> around it.</think> |",
    })
    void aThoughtOfWhichOnlyTheEndIsMarkedIsTakenBack(String first, @Nullable String second, @Nullable String third, @Nullable String fourth,
            String answer, @Nullable String dropped) throws IOException {
        String[] parts = Stream.of(first, second, third, fourth).filter(Objects::nonNull).toArray(String[]::new);
        try (Peer peer = that(List.of(stream(Streams.OPENAI.answer(End.COMPLETE, parts))))) {
            TestModel model = new TestModel(Streams.OPENAI.at(peer.url()));
            assertThat(((Answer.Text) model.ask(TestModel.PROMPT, shown)).text()).isEqualTo(answer);
            assertThat(shown.text.toString()).isEqualTo(answer);
            assertThat(shown.dropped).isEqualTo(dropped == null ? List.of() : List.of(dropped));
        }
    }

    @Test
    void whatAModelThinksAloudIsNotShownAndAServerThatDoesNotStreamIsReadWhole() throws IOException {
        String whole = "{\"choices\":[{\"message\":{\"content\":\"Whole.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}";
        try (Peer peer = that(List.of(stream(Streams.OPENAI.answer(End.COMPLETE, "\n<thi", "nk>They want tea</th", "ink>Good ", "tea.")),
                Peer.text("200 OK\r\nContent-Type: application/json", whole)))) {
            TestModel model = new TestModel(Streams.OPENAI.at(peer.url()));
            assertThat(((Answer.Text) model.ask(TestModel.PROMPT, shown)).text()).isEqualTo("Good tea.");
            assertThat(shown.text.toString()).isEqualTo("Good tea.");
            assertThat(((Answer.Text) model.ask(TestModel.PROMPT, shown)).text()).isEqualTo("Whole.");
        }
    }
}
