package io.larder.bench.codecs;

import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.spi.StageProvider;
import io.larder.url.CodecChain;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Opens what {@code codec=} in a URL names, as a cache does. */
final class Chains {

    private Chains() {}

    static Codec<Order, byte[]> open(String text) {
        CodecChain chain = CodecChain.parse(text);
        CodecChain.Step first = chain.steps().get(0);
        Codec<Order, byte[]> codec = named(CodecProvider.class, CodecProvider::name, first.name())
                .open(TypeRef.of(Order.class), first.parameters());
        for (CodecChain.Step stage : chain.steps().subList(1, chain.steps().size())) {
            codec = codec.then(named(StageProvider.class, StageProvider::name, stage.name())
                    .open(stage.parameters()));
        }
        return codec;
    }

    private static <P> P named(Class<P> kind, Function<P, String> names, String name) {
        return ServiceLoader.load(kind).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> names.apply(provider).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No '" + name + "' on the class path"));
    }
}
