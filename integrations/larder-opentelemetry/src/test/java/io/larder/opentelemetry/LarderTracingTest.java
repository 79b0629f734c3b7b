package io.larder.opentelemetry;

import static io.opentelemetry.sdk.testing.assertj.OpenTelemetryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.LoadException;
import io.larder.testkit.FlakyBackend;
import io.larder.testkit.ReferenceProvider;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Spans as an exporter gets them. */
@Timeout(60)
class LarderTracingTest {

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private final Tracer tracer = TELEMETRY.getOpenTelemetry().getTracer("test");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<FlakyBackend<String, byte[]>> servers = new ArrayList<>();
    private final Larder larder = Larder.builder("reference://cache-1:7000?ttl=1h")
            .provider(ReferenceProvider.ofBytes(below -> {
                servers.add(new FlakyBackend<>(below));
                return servers.get(0);
            }))
            .executor(Context.taskWrapping(threads))
            .observer(new LarderTracing(TELEMETRY.getOpenTelemetry()))
            .build();
    private final Cache<String, byte[]> users =
            larder.cache("users", String.class, byte[].class).build();

    @AfterEach
    void close() {
        larder.close();
        threads.shutdownNow();
    }

    private static SpanData span(String name) {
        return TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No '" + name + "' in " + TELEMETRY.getSpans()));
    }

    private static Attributes call(String operation, long keys) {
        return Attributes.builder()
                .put("db.system.name", "reference")
                .put("db.operation.name", operation)
                .put("db.collection.name", "users")
                .put("server.address", "cache-1")
                .put("server.port", 7000)
                .put("larder.keys", keys)
                .build();
    }

    @Test
    void aCallOfABackendIsASpanByTheConventions() {
        users.put("secret", new byte[1]);
        users.getAll(List.of("a", "b"));

        assertThat(span("put users"))
                .hasKind(SpanKind.CLIENT)
                .hasAttributes(call("put", 1))
                .hasEnded();
        assertThat(span("getAll users")).hasAttributes(call("getAll", 2));
        assertThat(TELEMETRY.getSpans().toString()).doesNotContain("secret");
    }

    @Test
    void aLoadIsASpanAroundWhatItsLoaderDoes() {
        Span request = tracer.spanBuilder("request").startSpan();
        Context.current()
                .with(request)
                .wrap(() -> {
                    users.get("a", key -> {
                        tracer.spanBuilder("query").startSpan().end();
                        return new byte[1];
                    });
                })
                .run();
        request.end();

        assertThat(span("load users"))
                .hasKind(SpanKind.INTERNAL)
                .hasParent(span("request"))
                .hasAttributes(Attributes.of(
                        AttributeKey.stringKey("larder.cache"), "users", AttributeKey.longKey("larder.keys"), 1L));
        assertThat(span("query")).hasParent(span("load users"));
        assertThat(span("getOrLease users")).hasParent(span("request"));
        assertThat(span("putLeased users")).hasParent(span("request"));
    }

    @Test
    void aCallThatDoesNotWaitHasItsParentToo() {
        Span request = tracer.spanBuilder("request").startSpan();
        CompletableFuture<byte[]> answer = Context.current()
                .with(request)
                .wrapSupplier(() -> users.async().get("a", key -> CompletableFuture.completedFuture(new byte[1])))
                .get();
        answer.join();
        request.end();

        assertThat(span("load users")).hasParent(span("request"));
    }

    @Test
    void aBulkLoadIsOneSpan() {
        users.getAll(List.of("a", "b"), keys -> Map.of());

        assertThat(span("load users")).hasAttribute(AttributeKey.longKey("larder.keys"), 2L);
    }

    @Test
    void failuresAreErrorsWithATypeAndNoMessage() {
        assertThatThrownBy(() -> users.get("secret", key -> {
                    throw new IllegalStateException("no connection");
                }))
                .isInstanceOf(LoadException.class);
        servers.get(0).down();
        users.get("secret");

        assertThat(span("load users"))
                .hasAttribute(AttributeKey.stringKey("error.type"), "java.lang.IllegalStateException")
                .satisfies(span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
        assertThat(span("get users")).hasAttribute(AttributeKey.stringKey("error.type"), "io.larder.BackendException");
        assertThat(TELEMETRY.getSpans().toString()).doesNotContain("secret");
    }

    @Test
    void serversAreNamedAsTheConventionsNameThem() {
        assertThat(server("rediss://app:***@h:6380/3?ttl=1h"))
                .isEqualTo(Map.of(
                        "db.system.name", "redis", "db.namespace", "3", "server.address", "h", "server.port", 6380L));
        assertThat(server("redis+cluster://a,b")).isEqualTo(Map.of("db.system.name", "redis"));
        assertThat(server("memcached://[::1]:11211"))
                .isEqualTo(Map.of("db.system.name", "memcached", "server.address", "::1", "server.port", 11211L));
        assertThat(server("disk:/var/cache/app")).isEqualTo(Map.of("db.system.name", "sqlite"));
    }

    private static Map<String, Object> server(String address) {
        Map<String, Object> byName = new HashMap<>();
        SpanAttributes.ofServer(address).forEach((key, value) -> byName.put(key.getKey(), value));
        return byName;
    }
}
