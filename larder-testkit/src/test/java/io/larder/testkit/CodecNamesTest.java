package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Larder;
import io.larder.TypeRef;
import io.larder.codec.DecimalCodec;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a backend of bytes is told about who wrote them. */
class CodecNamesTest {

    private final List<String> told = new ArrayList<>();

    private final class Listening implements BackendProvider, Backends.OfBytes {

        @Override
        public Set<String> schemes() {
            return Set.of("listening");
        }

        @Override
        public ParameterSet parameters() {
            return ParameterSet.NONE;
        }

        @Override
        public Backends open(CacheUrl url, BackendContext context) {
            return this;
        }

        @Override
        public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
            told.add(spec.codec());
            return ReferenceBackend.ofBytes(new FakeClock());
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }

    @Test
    void aLentProviderStandsInForTheNameThatItHas() {
        CodecProvider decimals = new CodecProvider() {
            @Override
            public String name() {
                return "decimals";
            }

            @Override
            public ParameterSet parameters() {
                return ParameterSet.NONE;
            }

            @Override
            @SuppressWarnings("unchecked")
            public <V> Codec<V, byte[]> open(TypeRef<V> type, Parameters parameters) {
                return (Codec<V, byte[]>) new DecimalCodec();
            }
        };

        try (Larder larder = Larder.builder("listening:?codec=decimals")
                .provider(new Listening())
                .codec(decimals)
                .build()) {
            larder.cache("counts", String.class, Long.class).build();
        }
        try (Larder larder = Larder.builder("listening:?codec=string")
                .provider(new Listening())
                .codec(decimals)
                .build()) {
            larder.cache("texts", String.class, String.class).build();
        }

        assertThat(told).containsExactly("decimals", "string");
    }

    @Test
    void areTheUrlsOrThoseOfWhatIsBuiltIn() {
        try (Larder larder = Larder.builder("listening:?codec=string")
                .provider(new Listening())
                .build()) {
            larder.cache("texts", String.class, String.class).build();
            larder.cache("raw", String.class, byte[].class).build();
        }
        try (Larder larder = Larder.builder("listening:?codec=bytes")
                .provider(new Listening())
                .build()) {
            larder.cache("raw", String.class, byte[].class).build();
        }

        assertThat(told).containsExactly("string", "bytes", "bytes");
    }

    @Test
    void areEmptyForACodecOfTheCallers() {
        try (Larder larder = Larder.builder("listening:?codec=string")
                .provider(new Listening())
                .build()) {
            larder.cache("numbers", String.class, Long.class)
                    .codec(new DecimalCodec())
                    .build();
        }

        assertThat(told).containsExactly("");
    }
}
