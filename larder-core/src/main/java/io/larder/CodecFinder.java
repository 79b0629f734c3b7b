package io.larder;

import io.larder.codec.BytesCodec;
import io.larder.codec.StringCodec;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.spi.StageProvider;
import io.larder.url.CodecChain;
import io.larder.url.ParameterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds what a chain names: among the providers that were lent, then on the class path. Confined to one thread. */
final class CodecFinder {

    /** Built in, because raw bytes and strings need no library, and wrapping them would only cost. */
    private static final List<String> BUILT_IN = List.of("bytes", "string");

    private final List<CodecProvider> codecsLent;
    private final List<StageProvider> stagesLent;

    CodecFinder(List<CodecProvider> codecsLent, List<StageProvider> stagesLent) {
        this.codecsLent = List.copyOf(codecsLent);
        this.stagesLent = List.copyOf(stagesLent);
    }

    /** Returns the chain that {@link #open} opens; bytes are written by {@code bytes}, whatever comes first in {@code chain}. */
    static CodecChain chainOf(CodecChain chain, TypeRef<?> type) {
        return type.type() == byte[].class ? chain.startingWith("bytes") : chain;
    }

    <V> Codec<V, byte[]> open(CodecChain chain, TypeRef<V> type) {
        Codec<V, byte[]> codec = codec(chain.steps().get(0), type);
        for (CodecChain.Step stage : chain.steps().subList(1, chain.steps().size())) {
            codec = codec.then(stage(stage));
        }
        return codec;
    }

    /** Returns {@code chain} with stages as other programs write them. */
    CodecChain bare(CodecChain chain) {
        List<CodecChain.Step> steps = new ArrayList<>(chain.steps());
        for (int i = 1; i < steps.size(); i++) {
            CodecChain.Step stage = steps.get(i);
            boolean canBeBare = stageProvider(stage).parameters().parameters().stream()
                    .anyMatch(parameter -> parameter.name().equals("bare"));
            steps.set(
                    i,
                    canBeBare
                            ? new CodecChain.Step(
                                    stage.name(), stage.parameters().and("bare", "true"))
                            : stage);
        }
        return new CodecChain(steps);
    }

    /** Refuses a name that nobody has, and a parameter that the one of that name does not take. */
    void require(CodecChain chain) {
        CodecChain.Step first = chain.steps().get(0);
        if (BUILT_IN.contains(first.name())) {
            first.parameters().check(ParameterSet.NONE);
        } else {
            provider(first);
        }
        chain.steps().subList(1, chain.steps().size()).forEach(this::stageProvider);
    }

    @SuppressWarnings("unchecked")
    private <V> Codec<V, byte[]> codec(CodecChain.Step step, TypeRef<V> type) {
        if (BUILT_IN.contains(step.name())) {
            step.parameters().check(ParameterSet.NONE);
            return (Codec<V, byte[]>)
                    (step.name().equals("bytes")
                            ? requireType(step, type, byte[].class, new BytesCodec())
                            : requireType(step, type, String.class, new StringCodec()));
        }
        return provider(step).open(type, step.parameters());
    }

    private CodecProvider provider(CodecChain.Step step) {
        for (CodecProvider lent : codecsLent) {
            if (lent.name().equals(step.name())) {
                return checked(lent, step);
            }
        }
        List<String> known = new ArrayList<>(BUILT_IN);
        for (CodecProvider provider : ServiceLoader.load(CodecProvider.class, CodecFinder.class.getClassLoader())) {
            if (provider.name().equals(step.name())) {
                return checked(provider, step);
            }
            known.add(provider.name());
        }
        if (stages().containsKey(step.name())) {
            throw new ConfigException("'" + step.name() + "' makes bytes of bytes, and a codec has to make them first."
                    + " Write 'json+" + step.name() + "', or another codec before the '+'");
        }
        throw new ConfigException("No codec '" + step.name() + "'." + Providers.whatToDo(step.name(), known));
    }

    private static CodecProvider checked(CodecProvider provider, CodecChain.Step step) {
        step.parameters().check(provider.parameters());
        return provider;
    }

    private Codec<byte[], byte[]> stage(CodecChain.Step step) {
        return stageProvider(step).open(step.parameters());
    }

    private StageProvider stageProvider(CodecChain.Step step) {
        Map<String, StageProvider> stages = stages();
        StageProvider provider = stages.get(step.name());
        if (provider == null) {
            throw new ConfigException("No stage '" + step.name() + "' to put after a codec."
                    + Providers.whatToDo(step.name(), new ArrayList<>(stages.keySet())));
        }
        step.parameters().check(provider.parameters());
        return provider;
    }

    private Map<String, StageProvider> stages() {
        Map<String, StageProvider> stages = new TreeMap<>();
        ServiceLoader.load(StageProvider.class, CodecFinder.class.getClassLoader())
                .forEach(found -> stages.put(found.name(), found));
        stagesLent.forEach(lent -> stages.put(lent.name(), lent));
        return stages;
    }

    private static Codec<?, byte[]> requireType(
            CodecChain.Step step, TypeRef<?> type, Class<?> expected, Codec<?, byte[]> codec) {
        if (type.type() != expected) {
            throw new ConfigException("Codec '" + step.name() + "' writes " + expected.getSimpleName()
                    + ", but the cache's values are of type " + type + ". Leave 'codec' out, or choose another");
        }
        return codec;
    }
}
