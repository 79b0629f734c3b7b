package io.larder.testkit;

import io.larder.codec.KeyCodecs;
import io.larder.codec.StringCodec;
import io.larder.layer.CodecBackend;
import io.larder.layer.ForwardingBackend;
import io.larder.layer.MissOnErrorBackend;
import io.larder.layer.ReadEvents;
import io.larder.layer.TimeoutBackend;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.CacheSpec;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

class LayersTest {

    private static final class Unheard implements ReadEvents {

        @Override
        public void readFailed(Object key, RuntimeException cause) {
            // What is told is the business of other tests.
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
