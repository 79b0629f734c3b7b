package io.larder.opentelemetry;

import io.larder.CacheObserver;
import io.larder.CacheWork;
import io.larder.Observation;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each load, inside which its loader runs, and of each call of a backend outside this process, by the semantic conventions
 * for calls of databases. Thread-safe.
 *
 * <p>No span holds a key or a value. A span's parent is the one that is current on the thread that begins the work; for calls that do not
 * wait that is a thread of the {@link io.larder.Larder}'s executor, so lend one that carries the context along.
 */
public final class LarderTracing implements CacheObserver {

    private final Tracer tracer;
    /** By address, of which a program has few. */
    private final ConcurrentHashMap<String, Attributes> servers = new ConcurrentHashMap<>();

    /** Makes one whose spans go to {@code telemetry}. */
    public LarderTracing(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.larder");
    }

    @Override
    public Observation begin(CacheWork work) {
        SpanBuilder builder;
        if (work instanceof CacheWork.Call call) {
            builder = tracer.spanBuilder(call.operation() + " " + call.cache())
                    .setSpanKind(SpanKind.CLIENT)
                    .setAllAttributes(servers.computeIfAbsent(call.address(), SpanAttributes::ofServer))
                    .setAttribute(SpanAttributes.DB_COLLECTION_NAME, call.cache())
                    .setAttribute(SpanAttributes.DB_OPERATION_NAME, call.operation());
        } else {
            builder = tracer.spanBuilder("load " + work.cache()).setAttribute(SpanAttributes.CACHE, work.cache());
        }
        return new Traced(
                builder.setAttribute(SpanAttributes.KEYS, (long) work.keys()).startSpan());
    }

    private record Traced(Span span) implements Observation {

        @Override
        @SuppressWarnings("MustBeClosedChecker") // what is returned closes it
        public Runnable enter() {
            Scope scope = Context.current().with(span).makeCurrent();
            return scope::close;
        }

        @Override
        public void end(@Nullable Throwable failure) {
            if (failure != null) {
                // Not its message, which may name a key.
                Throwable cause = failure.getCause();
                span.setStatus(StatusCode.ERROR);
                span.setAttribute(
                        SpanAttributes.ERROR_TYPE,
                        (cause == null ? failure : cause).getClass().getName());
            }
            span.end();
        }
    }
}
