package io.obstat.notifier.teams;

import com.microsoft.bot.connector.Conversations;
import com.microsoft.bot.connector.authentication.AppCredentials;
import com.microsoft.bot.connector.authentication.MicrosoftAppCredentials;
import com.microsoft.bot.connector.rest.ErrorResponseException;
import com.microsoft.bot.connector.rest.RestConnectorClient;
import com.microsoft.bot.restclient.RestClient;
import com.microsoft.bot.restclient.ServiceResponseBuilder;
import com.microsoft.bot.restclient.retry.RetryStrategy;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ChannelAccount;
import com.microsoft.bot.schema.ConversationParameters;
import com.microsoft.bot.schema.ResourceResponse;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.Attempt;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;

/**
 * Sends, changes and deletes our messages in Teams. One try a call: when to try again is the delivery's business. Does not block; stages
 * complete on threads of the HTTP client.
 *
 * <p>SPEC: "Bot Connector REST API reference", conversation operations.
 */
public final class Connector implements AutoCloseable {

    private static final int REQUESTS_A_HOST = 32;
    private static final int CLIENTS = 64;

    private final BotIdentity bot;
    private final ServiceUrls serviceUrls;
    private final AppCredentials credentials;
    private final Duration timeout;
    private final InstantSource clock;
    private final OkHttpClient http;

    /** By service URL, the one that was used longest ago first. */
    private final Map<String, Conversations> clients = new LinkedHashMap<>(CLIENTS, 0.75f, true);

    /** @param timeout for one try as a whole, the fetch of a token included */
    public Connector(
            BotIdentity bot,
            ServiceUrls serviceUrls,
            BotCredentials credentials,
            Duration timeout,
            InstantSource clock) {
        this(bot, serviceUrls, (AppCredentials) credentials, timeout, clock);
    }

    /**
     * One that sends no token, for the Bot Framework Emulator.
     *
     * @throws InvalidFieldException when a service URL is not on this machine
     */
    public static Connector toEmulator(ServiceUrls serviceUrls, Duration timeout, InstantSource clock) {
        EmulatorCalls.requireLoopback(serviceUrls);
        var emulator = new BotIdentity(EmulatorCalls.CHANNEL, EmulatorCalls.CHANNEL);
        return new Connector(emulator, serviceUrls, MicrosoftAppCredentials.empty(), timeout, clock);
    }

    private Connector(
            BotIdentity bot,
            ServiceUrls serviceUrls,
            AppCredentials credentials,
            Duration timeout,
            InstantSource clock) {
        this.bot = bot;
        this.serviceUrls = serviceUrls;
        this.credentials = credentials;
        this.timeout = timeout;
        this.clock = clock;
        Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
        // Teams is one host; OkHttp's own limit of five would make its slowness everybody's.
        dispatcher.setMaxRequestsPerHost(REQUESTS_A_HOST);
        // A redirect would take our token to a host that is not in the list; a retry below us would not be recorded.
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .callTimeout(timeout)
                .build();
    }

    /** Posts a message. {@link Sent.Taken#id()} is the activity's. */
    public CompletionStage<Sent> send(String serviceUrl, String conversationId, Activity activity) {
        return call(
                serviceUrl,
                conversations -> conversations.sendToConversation(conversationId, Outgoing.of(activity)),
                Connector::taken);
    }

    /** Puts another message in the place of one that we sent. */
    public CompletionStage<Sent> update(
            String serviceUrl, String conversationId, String activityId, Activity activity) {
        return call(
                serviceUrl,
                conversations -> conversations.updateActivity(conversationId, activityId, Outgoing.of(activity)),
                Connector::taken);
    }

    /** Takes a message that we sent away. */
    public CompletionStage<Sent> delete(String serviceUrl, String conversationId, String activityId) {
        return call(
                serviceUrl,
                conversations -> conversations.deleteActivity(conversationId, activityId),
                nothing -> new Sent.Taken(null));
    }

    /**
     * Opens the conversation between the bot and one person of our tenant, or finds the one that there is. {@link Sent.Taken#id()} is the
     * conversation's.
     *
     * @param userId what Teams calls the person towards this bot ({@code 29:…}), or their object id in Microsoft Entra
     */
    public CompletionStage<Sent> openPersonal(String serviceUrl, String userId) {
        ConversationParameters parameters = new ConversationParameters();
        parameters.setIsGroup(false);
        parameters.setBot(new ChannelAccount(bot.account()));
        parameters.setMembers(List.of(new ChannelAccount(userId)));
        parameters.setTenantId(bot.tenantId());
        // SPEC: Teams, "Send proactive messages": the tenant stands in the channel data.
        parameters.setChannelData(Outgoing.tree(Map.of("tenant", Map.of("id", bot.tenantId()))));
        return call(
                        serviceUrl,
                        conversations -> conversations.createConversation(parameters),
                        conversation -> new Sent.Taken(conversation == null ? null : conversation.getId()))
                .thenApply(Connector::named);
    }

    /** Who somebody is in a conversation. Fails when Teams does not say. */
    CompletionStage<ChannelAccount> member(String serviceUrl, String conversationId, String userId) {
        // INVARIANT: our token goes nowhere else.
        return serviceUrls.allows(serviceUrl)
                ? client(serviceUrl).getConversationMember(userId, conversationId)
                : CompletableFuture.failedFuture(
                        new IllegalArgumentException("The service URL %s is not allowed".formatted(serviceUrl)));
    }

    private static Sent taken(@Nullable ResourceResponse resource) {
        return new Sent.Taken(resource == null ? null : resource.getId());
    }

    private static Sent named(Sent posting) {
        // SPEC: Teams gives the conversation that there is when it is opened again, so trying again does no harm.
        return posting instanceof Sent.Taken taken && taken.id() == null
                ? new Sent.NotTaken(new Attempt.Troubled(
                        "Teams opened a conversation without naming it, so nothing can be sent to it", null))
                : posting;
    }

    private <T> CompletionStage<Sent> call(
            String serviceUrl,
            Function<Conversations, CompletableFuture<T>> request,
            Function<@Nullable T, Sent> answer) {
        // INVARIANT: our token goes nowhere else.
        if (!serviceUrls.allows(serviceUrl)) {
            return CompletableFuture.completedFuture(new Sent.NotTaken(new Attempt.Forbidden(Text.clip(
                    "The service URL %s is not allowed; add it to %s if it is meant"
                            .formatted(Text.quote(serviceUrl), Settings.SERVICE_URLS),
                    Attempt.LONGEST_PROBLEM))));
        }
        CompletableFuture<T> sent;
        try {
            sent = request.apply(client(serviceUrl));
        } catch (RuntimeException e) {
            // What the SDK cannot write; the delivery takes a failed stage for trouble, and records it.
            return CompletableFuture.failedFuture(e);
        }
        return sent.thenApply(answer).handle(this::settled).thenCompose(Function.identity());
    }

    private CompletionStage<Sent> settled(@Nullable Sent posting, @Nullable Throwable failure) {
        if (posting != null) {
            return CompletableFuture.completedFuture(posting);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenUnavailableException noToken) {
                return troubled(String.valueOf(noToken.getMessage()), noToken.retryAfter());
            }
            if (cause instanceof ErrorResponseException answered) {
                return answered(answered);
            }
            if (cause instanceof InterruptedIOException) {
                return troubled("No answer within %s".formatted(timeout), null);
            }
        }
        Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
        String message = cause == null ? null : cause.getMessage();
        return troubled("Teams is not reachable: " + (message == null ? String.valueOf(cause) : message), null);
    }

    private CompletionStage<Sent> answered(ErrorResponseException failure) {
        ConnectorAnswer answer = ConnectorAnswer.of(failure);
        if (answer.successful()) {
            // The SDK could not read the body, or expected another 2xx. The message is there, so it must not be sent
            // again.
            return CompletableFuture.completedFuture(new Sent.Taken(null));
        }
        if (answer.status() == 401) {
            return renewed(answer, failure.response().raw().request().header("Authorization"));
        }
        return CompletableFuture.completedFuture(new Sent.NotTaken(answer.attempt(clock.instant())));
    }

    /** A token can end early, when the secret is changed or the app is blocked. The next try has another one. */
    private CompletionStage<Sent> renewed(ConnectorAnswer answer, @Nullable String authorization) {
        if (!(credentials instanceof BotCredentials ours) || authorization == null) {
            return troubled(answer.text("; no token was sent"), null);
        }
        return ours.renewed(authorization.substring("Bearer ".length())).handle((token, failure) -> {
            Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
            String problem = cause == null
                    ? answer.text(
                            "; the token was renewed. If it goes on: see whether the bot is registered and %s is its id"
                                    .formatted(Settings.APP_ID))
                    : answer.text("; " + cause.getMessage());
            return new Sent.NotTaken(new Attempt.Troubled(problem, null));
        });
    }

    private static CompletionStage<Sent> troubled(String problem, @Nullable Duration retryAfter) {
        return CompletableFuture.completedFuture(
                new Sent.NotTaken(new Attempt.Troubled(Text.clip(problem, Attempt.LONGEST_PROBLEM), retryAfter)));
    }

    private Conversations client(String serviceUrl) {
        synchronized (clients) {
            Conversations known = clients.get(serviceUrl);
            if (known != null) {
                return known;
            }
            Conversations created = connect(serviceUrl).getConversations();
            clients.put(serviceUrl, created);
            if (clients.size() > CLIENTS) {
                clients.remove(clients.keySet().iterator().next());
            }
            return created;
        }
    }

    /** They share connections and threads, so that one more costs little. */
    private RestConnectorClient connect(String serviceUrl) {
        OkHttpClient.Builder shared = http.newBuilder();
        RestClient.Builder builder = new RestClient.Builder(shared, new Retrofit.Builder());
        // The SDK's builder sets a cookie jar and timeouts of its own, and retries three times without a pause.
        shared.cookieJar(CookieJar.NO_COOKIES);
        return new RestConnectorClient(builder.withBaseUrl(serviceUrl)
                .withConnectionTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .withReadTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .withRetryStrategy(new NoRetry())
                .withCredentials(credentials)
                .withSerializerAdapter(new SchemaJson())
                .withResponseBuilderFactory(new ServiceResponseBuilder.Factory())
                .build());
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private static final class NoRetry extends RetryStrategy {

        NoRetry() {
            super("none", false);
        }

        @Override
        public boolean shouldRetry(int retryCount, Response response) {
            return false;
        }
    }
}
