package io.obstat.notifier.slack;

import static io.obstat.notifier.slack.Callbacks.NOW;
import static io.obstat.notifier.slack.Callbacks.bytes;
import static io.obstat.notifier.slack.Callbacks.click;
import static io.obstat.notifier.slack.Callbacks.form;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Review;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.notifier.slack.SlackDoor.Outcome;
import io.obstat.notifier.slack.SlackInteractions.Reply;
import io.smallrye.mutiny.Uni;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is not Slack, or is not Slack just now, gets nothing through this door. */
class SlackDoorTest {

    private static final FakeChat CHAT = FakeChat.start(FakeChatSettings.standard());
    private static final Callbacks.App APP = new Callbacks.App(CHAT);
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final int MANY = 10_000;
    private static final SlackSignature SLACK = new SlackSignature(Callbacks.SECRET);
    private static final byte[] BODY = form(click(1).toString());

    private final RecordingReviews reviews = new RecordingReviews();
    private final SlackDoor door = Callbacks.door(APP.interactions(reviews, AMPLE));

    @AfterAll
    static void close() {
        CHAT.close();
    }

    /** A request that Slack did not send like this. */
    private record Forged(
            String how,
            @Nullable String signature,
            @Nullable String timestamp,
            byte[] body) {

        @Override
        public String toString() {
            return how;
        }
    }

    static Stream<Forged> forged() {
        return Stream.of(signatures(), timestamps(), bodies()).flatMap(forged -> forged);
    }

    private static Stream<Forged> signatures() {
        String now = timestamp(0);
        String good = SLACK.sign(now, BODY);
        return Stream.of(
                new Forged("no signature", null, now, BODY),
                new Forged("an empty signature", "", now, BODY),
                new Forged("a version alone", "v0=", now, BODY),
                new Forged("another version", good.replace("v0=", "v1="), now, BODY),
                new Forged("no version", good.substring(3), now, BODY),
                new Forged("upper case", "v0=" + good.substring(3).toUpperCase(Locale.ROOT), now, BODY),
                new Forged("truncated", good.substring(0, good.length() - 1), now, BODY),
                new Forged("prolonged", good + "0", now, BODY),
                new Forged("a blank behind", good + " ", now, BODY),
                new Forged("another secret", new SlackSignature("another").sign(now, BODY), now, BODY),
                new Forged("of the timestamp alone", SLACK.sign(now, new byte[0]), now, BODY),
                new Forged("of another moment", SLACK.sign(timestamp(-1), BODY), now, BODY));
    }

    private static Stream<Forged> timestamps() {
        Stream<@Nullable String> wrong = Stream.of(
                "",
                "soon",
                "-1",
                "+" + timestamp(0),
                " " + timestamp(0),
                timestamp(0) + ".5",
                timestamp(0) + "000",
                "999999999999",
                "99999999999999999999999999",
                "٠",
                timestamp(-301),
                timestamp(301));
        return Stream.concat(
                Stream.of(new Forged("no timestamp", SLACK.sign(timestamp(0), BODY), null, BODY)),
                wrong.map(timestamp ->
                        new Forged("the timestamp " + timestamp, SLACK.sign(timestamp, BODY), timestamp, BODY)));
    }

    private static Stream<Forged> bodies() {
        return Stream.of(
                body("blanks written otherwise", body -> body.replace("+", "%20")),
                body("escapes in lower case", body -> body.replace("%7B", "%7b")),
                body("an escape more", body -> body.replace("payload", "%70ayload")),
                body("in another order", body -> body.replaceFirst("(.*)&(.*)", "$2&$1")),
                body("a newline behind", body -> body + "\n"),
                body("a field more", body -> body + "&b=2"),
                body("another click", body -> new String(form(click(2).toString()), StandardCharsets.UTF_8)),
                body("nothing", body -> ""));
    }

    private static Forged body(String how, UnaryOperator<String> change) {
        String signed = new String(BODY, StandardCharsets.UTF_8) + "&a=1";
        String sent = change.apply(signed);
        assertThat(sent).isNotEqualTo(signed);
        return new Forged(how, SLACK.sign(timestamp(0), bytes(signed)), timestamp(0), bytes(sent));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void shouldNotBelieveWhatSlackDidNotSendLikeThis(Forged forged) {
        // When
        Outcome outcome = knock(forged.signature(), forged.timestamp(), forged.body());

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Unbelieved());
        assertThat(reviews.submitted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -1, 0, 1, 300})
    void shouldBelieveWhatSlackSentWithinFiveMinutes(long seconds) {
        // When
        Outcome outcome = send(timestamp(seconds), BODY);

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Handled(new Reply.Taken()));
        assertThat(reviews.submitted()).hasSize(1);
    }

    /** Source: docs.slack.dev, "Verifying requests from Slack". */
    @Test
    void shouldSignAsSlackDocumentsIt() {
        // Given
        byte[] body = bytes("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
                + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J"
                + "%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c");

        // When
        String signature = SLACK.sign("1531420618", body);

        // Then
        assertThat(signature).isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    @Test
    void shouldNotBelieveTheSameTwice() {
        // Given
        Outcome first = send(timestamp(-299), BODY);

        // When
        Outcome second = send(timestamp(-299), BODY);

        // Then
        assertThat(first).isEqualTo(new Outcome.Handled(new Reply.Taken()));
        assertThat(second).isEqualTo(new Outcome.Unbelieved());
        assertThat(reviews.submitted()).hasSize(1);
    }

    @Test
    void shouldNotBelieveTheSameWhileItIsUnderWay() {
        // Given
        reviews.answer(new CompletableFuture<>());
        var first = knocked(SLACK.sign(timestamp(0), BODY), timestamp(0), BODY).subscribeAsCompletionStage();

        // When
        Outcome second = send(timestamp(0), BODY);

        // Then
        assertThat(second).isEqualTo(new Outcome.Unbelieved());
        assertThat(first).isNotDone();
    }

    @Test
    void shouldBeBusyInTimeWhenKafkaIsSlowAndTakeTheSameAfterwards() {
        // Given
        SlackDoor impatient = Callbacks.door(APP.interactions(reviews, Duration.ofMillis(300)));
        reviews.answer(new CompletableFuture<>());
        String signature = SLACK.sign(timestamp(0), BODY);

        // When
        Outcome slow = impatient.knock(signature, timestamp(0), BODY).await().atMost(AMPLE);
        reviews.answer(CompletableFuture.completedFuture(null));
        Outcome prompt = impatient.knock(signature, timestamp(0), BODY).await().atMost(AMPLE);

        // Then
        assertThat(slow).isEqualTo(new Outcome.Handled(new Reply.Busy()));
        assertThat(prompt).isEqualTo(new Outcome.Handled(new Reply.Taken()));
        // And whichever of both arrives, it is the same review
        assertThat(reviews.submitted())
                .extracting(Review::id)
                .hasSize(2)
                .containsOnly(reviews.submitted().getFirst().id());
        // And in production Slack, which waits for 3 s, still hears of it
        assertThat(SlackInteractions.PATIENCE).isLessThanOrEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void shouldBeBusyWhenKafkaFailsAndTakeTheSameAfterwards() {
        // Given
        reviews.answer(CompletableFuture.failedFuture(new IllegalStateException("no broker")));
        Outcome failed = send(timestamp(0), BODY);
        reviews.answer(CompletableFuture.completedFuture(null));

        // When
        Outcome again = send(timestamp(0), BODY);

        // Then
        assertThat(failed).isEqualTo(new Outcome.Handled(new Reply.Busy()));
        assertThat(again).isEqualTo(new Outcome.Handled(new Reply.Taken()));
    }

    static Stream<String> nonsense() {
        String click = new String(BODY, StandardCharsets.UTF_8);
        return Stream.of(
                "",
                "payload",
                "payload=",
                "payload=%",
                "payload=%zz",
                "payload=no+json",
                "payload=[]",
                "payload=null",
                "payload={}",
                "other=1&" + click,
                click.replace("A0OBSTAT", "A0OTHER"),
                click.replace("T0OBSTAT", "T0OTHER"),
                click.replace("block_actions", "message_action"),
                click.replace("sha256", "sha1"));
    }

    /** It is from Slack, and nothing for us. */
    @ParameterizedTest
    @MethodSource("nonsense")
    void shouldRefuseWhatIsSignedAndIsNoClickForThisApp(String body) {
        // When
        Outcome outcome = send(timestamp(0), bytes(body));

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Handled.class,
                        handled -> assertThat(handled.reply()).isInstanceOf(Reply.Refused.class));
        assertThat(reviews.submitted()).isEmpty();
    }

    @Test
    void shouldTakeEveryOneOfManyClicksOnceAndQuickly() {
        // Given
        long before = cpuTime();

        // When
        long taken = IntStream.rangeClosed(1, MANY)
                .mapToObj(n -> send(timestamp(0), form(click(n).toString())))
                .filter(new Outcome.Handled(new Reply.Taken())::equals)
                .count();

        // Then
        assertThat(taken).isEqualTo(MANY);
        assertThat(reviews.submitted()).hasSize(MANY).extracting(Review::id).doesNotHaveDuplicates();
        assertThat(Duration.ofNanos(cpuTime() - before)).isLessThan(Duration.ofSeconds(15));
    }

    /** Of this thread, so that it does not count what else the machine has to do. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private Outcome send(String timestamp, byte[] body) {
        return knock(SLACK.sign(timestamp, body), timestamp, body);
    }

    private Outcome knock(@Nullable String signature, @Nullable String timestamp, byte[] body) {
        return knocked(signature, timestamp, body).await().atMost(AMPLE);
    }

    private Uni<Outcome> knocked(@Nullable String signature, @Nullable String timestamp, byte[] body) {
        return door.knock(signature, timestamp, Arrays.copyOf(body, body.length));
    }

    private static String timestamp(long seconds) {
        return Long.toString(NOW.plusSeconds(seconds).getEpochSecond());
    }
}
