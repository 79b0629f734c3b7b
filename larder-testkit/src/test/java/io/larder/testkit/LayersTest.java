package io.larder.testkit;

import io.larder.codec.KeyCodecs;
import io.larder.codec.StringCodec;
import io.larder.handover.Side;
import io.larder.handover.SwitchableBackend;
import io.larder.layer.Breaker;
import io.larder.layer.BreakerBackend;
import io.larder.layer.CodecBackend;
import io.larder.layer.ForwardingBackend;
import io.larder.layer.MissOnErrorBackend;
import io.larder.layer.OutageEvents;
import io.larder.layer.RetryBackend;
import io.larder.layer.RoutingBackend;
import io.larder.layer.TagCountingBackend;
import io.larder.layer.TagTally;
import io.larder.layer.TimeoutBackend;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.CacheSpec;
import io.larder.spi.Entry;
import io.larder.tier.TierEvents;
import io.larder.tier.TierRules;
import io.larder.tier.TieredBackend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class LayersTest {

    private static final class Unheard implements OutageEvents, TierEvents {

        @Override
        public void readFailed(Object key, RuntimeException cause) {
            // What is told is the business of other tests.
        }

        @Override
        public void farRead(int tier, int keys) {
            // What is counted, too.
        }

        @Override
        public void watchRefused(String address, RuntimeException cause) {
            throw new AssertionError("Nobody tells here, so nobody refuses to", cause);
        }

        @Override
        public void breakerOpened(String address, RuntimeException cause) {
            throw new AssertionError("So much does not fail here", cause);
        }

        @Override
        public void recoveryFailed(String address, RuntimeException cause) {
            throw new AssertionError("Nothing recovers here", cause);
        }

        @Override
        public void breakerClosed(String address) {
            throw new AssertionError("What was never open does not close");
        }

        @Override
        public void undecodable(Object key, RuntimeException cause) {
            throw new AssertionError("Nothing undecodable is stored here, but key '" + key + "' is", cause);
        }
    }

    @Nested
    class Forwarding extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            return new ForwardingBackend<>(below) {};
        }
    }

    @Nested
    class TimeLimited extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            return new TimeoutBackend<>(below, Duration.ofMinutes(1), "reference:");
        }
    }

    @Nested
    class TimeLimitedAndRemote extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            return new TimeoutBackend<>(new StalledBackend<>(below), Duration.ofMinutes(1), "reference:");
        }
    }

    @Nested
    class CountingTags extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            return new TagCountingBackend<>(below, new TagTally(List.of("a", "x")), context.clock());
        }
    }

    @Nested
    class Breaking extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            Breaker breaker = new Breaker("reference:", 1_000, Duration.ofSeconds(1), context.clock());
            return new BreakerBackend<>(new StalledBackend<>(below), breaker, true, new Unheard(), context.executor());
        }
    }

    @Nested
    class Repeating extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            return new RetryBackend<>(new StalledBackend<>(below), 1, Duration.ofMinutes(1), context.clock());
        }
    }

    @Nested
    class Routing extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            Backend<String, byte[]> other = ReferenceBackend.ofBytes(context.clock());
            Backend<String, byte[]> third = ReferenceBackend.ofBytes(context.clock());
            return new RoutingBackend<>(
                    KeyCodecs.of(String.class),
                    below,
                    Map.of("b", other, "user:", other, "a*", third, "key-1", third, "key-15", below));
        }
    }

    @Nested
    class Switchable extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            return new SwitchableBackend<>(new Side<>("below:", below, below, () -> {}));
        }
    }

    @Nested
    class SwitchableAndRemote extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            Backend<String, byte[]> remote = new StalledBackend<>(below);
            return new SwitchableBackend<>(new Side<>("below:", remote, remote, () -> {}));
        }
    }

    @Nested
    class Tiered extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            Backend<String, Entry<byte[]>> near = TierFixture.copies(context.clock());
            return new TieredBackend<>(near, below, new TierRules(1, "near:", null), context.clock(), new Unheard());
        }
    }

    @Nested
    class TieredByReference extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            Backend<String, Object> near = TierFixture.copies(context.clock());
            return TieredBackend.byReference(
                    near, below, new TierRules(1, "near:", null), context.clock(), new Unheard());
        }
    }

    @Nested
    class Watched extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            return new WatchedBackend<>(below);
        }
    }

    @Nested
    class TieredAndRemote extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            Backend<String, Entry<byte[]>> near = TierFixture.copies(context.clock());
            return new TieredBackend<>(
                    new StalledBackend<>(near),
                    new StalledBackend<>(below),
                    new TierRules(1, "near:", null),
                    context.clock(),
                    new Unheard());
        }
    }

    @Nested
    class MissOnError extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            return new MissOnErrorBackend<>(below, new Unheard());
        }

        @Override
        protected boolean passesFailedReads() {
            return false;
        }
    }

    @Nested
    class FlakyButUp extends LayerContract {

        @Override
        protected Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context) {
            return new FlakyBackend<>(below);
        }
    }

    @Nested
    class Codecs extends BackendContract<String> {

        Codecs() {
            super(Values.STRINGS);
        }

        @Override
        protected Backend<String, String> open(CacheSpec<String, String> spec, BackendContext context) {
            return new CodecBackend<>(
                    ReferenceBackend.ofBytes(context.clock()),
                    KeyCodecs.of(String.class),
                    new StringCodec(),
                    new Unheard());
        }
    }
}
