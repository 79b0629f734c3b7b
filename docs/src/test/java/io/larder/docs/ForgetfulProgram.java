package io.larder.docs;

import io.larder.layer.ForwardingBackend;
import io.larder.redis.RedisProvider;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.spi.ChangeListener;
import io.larder.spi.KeyPattern;
import io.larder.spi.Watch;
import io.larder.testkit.trials.TierHistoryProcess;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A program of a history whose near tier is not told of one change in ten. */
final class ForgetfulProgram {

    private static final int FORGOTTEN_EVERY = 10;

    private ForgetfulProgram() {}

    public static void main(String[] args) throws Exception {
        TierHistoryProcess.run(args, builder -> builder.provider(new Provider(new RedisProvider())));
    }

    private record Provider(BackendProvider below) implements BackendProvider {

        @Override
        public Set<String> schemes() {
            return below.schemes();
        }

        @Override
        public ParameterSet parameters() {
            return below.parameters();
        }

        @Override
        public Backends open(CacheUrl url, BackendContext context) {
            Backends.OfBytes opened = (Backends.OfBytes) below.open(url, context);
            return new Backends.OfBytes() {
                @Override
                public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
                    return new Forgetful(opened.open(spec));
                }

                @Override
                public void close() {
                    opened.close();
                }
            };
        }
    }

    private static final class Forgetful extends ForwardingBackend<String, byte[]> {

        Forgetful(Backend<String, byte[]> below) {
            super(below);
        }

        @Override
        public @Nullable Watch<String> watch(ChangeListener<String> told) {
            AtomicLong changes = new AtomicLong();
            return below.watch(new ChangeListener<>() {
                @Override
                public void changed(String key) {
                    if (changes.incrementAndGet() % FORGOTTEN_EVERY != 0) {
                        told.changed(key);
                    }
                }

                @Override
                public void changed(KeyPattern keys) {
                    told.changed(keys);
                }

                @Override
                public void changedTag(String tag) {
                    told.changedTag(tag);
                }

                @Override
                public void refused(RuntimeException cause) {
                    told.refused(cause);
                }
            });
        }
    }
}
