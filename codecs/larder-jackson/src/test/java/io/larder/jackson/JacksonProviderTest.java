package io.larder.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.Parameters;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class JacksonProviderTest {

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(CodecProvider.class))
                .anySatisfy(provider -> assertThat(provider.name()).isEqualTo("json"));
    }

    @Test
    void opensACodecForTheType() {
        Codec<List<Long>, byte[]> codec = new JacksonProvider().open(new TypeRef<>() {}, Parameters.NONE);

        assertThat(codec.decode(codec.encode(List.of(1L, 2L)))).isEqualTo(List.of(1L, 2L));
    }

    @Test
    void refusesParameters() {
        assertThatThrownBy(() -> new Parameters(Map.of("level", "3"), "of codec 'json'")
                        .check(new JacksonProvider().parameters()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Unknown parameter 'level' of codec 'json'. There are none.");
    }
}
