package io.larder.annotations;

import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.TypeRef;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the plan of one method, and finds all that is wrong with its annotations. Confined to one thread. */
final class PlanReader {

    private static final int STAMP_LETTERS = 32;

    private final AnnotatedMethod annotated;
    private final CallRules rules;
    private final List<String> mistakes;
    private final Method named;
    private final @Nullable Delivery delivery;
    private final Type resultType;
    private final boolean optional;

    /** Makes one that adds to {@code mistakes}. */
    PlanReader(AnnotatedMethod annotated, CallRules rules, List<String> mistakes) {
        this.annotated = annotated;
        this.rules = rules;
        this.mistakes = mistakes;
        this.named = annotated.named();
        this.delivery = Delivery.of(annotated.method());
        Type returned = annotated.method().getGenericReturnType();
        Type arriving = delivery == null
                ? returned
                : delivery.valueType(returned, annotated.method().getGenericParameterTypes());
        this.optional = Types.raw(arriving) == Optional.class;
        this.resultType = Types.boxed(optional ? Types.argument(arriving) : arriving);
    }

    CallPlan plan() {
        EntrySpec cached = annotated.cached();
        EntrySpec put = annotated.put();
        if (cached != null && put != null && annotated.own() != null) {
            wrong("@Cached would keep @CachePut from being made. Take one of them");
        }
        CacheTarget read = cached == null ? null : target("@Cached", cached);
        CacheTarget write = put == null ? null : target("@CachePut", put);
        return new CallPlan(
                delivery,
                read == null ? null : new CacheRead(read, rules.timing()),
                write == null ? null : new CacheWrite(write, rules.timing()),
                annotated.invalidations().stream().map(this::invalidation).toList(),
                rules.timing());
    }

    private @Nullable CacheTarget target(String annotation, EntrySpec spec) {
        if (Types.raw(resultType) == void.class || Types.raw(resultType) == Void.class) {
            wrong(annotation + " needs a result, and it returns nothing");
            return null;
        }
        boolean reads = annotation.equals("@Cached");
        boolean late = !spec.unless().isEmpty() || spec.tags().stream().anyMatch(tag -> tag.contains(Paths.RESULT));
        Cache<String, Object> cache = tried(
                annotation,
                () -> rules.opener().open(cacheName(annotation, spec), spec.version(), TypeRef.of(resultType)));
        CacheTarget target = new CacheTarget(
                cache,
                key(annotation, spec, reads),
                tried(annotation, spec::options),
                spec.tags().stream()
                        .map(tag -> template(annotation + " tags", tag, late || !reads ? resultType : null))
                        .toList(),
                condition(annotation + " condition", spec.condition(), null),
                condition(annotation + " unless", spec.unless(), resultType),
                late,
                optional);
        return cache == null ? null : target;
    }

    private String cacheName(String annotation, EntrySpec spec) {
        if (spec.cache().isEmpty() && annotation.equals("@CachePut")) {
            throw new IllegalArgumentException("needs the name of a cache");
        }
        return spec.cache().isEmpty()
                ? annotated.method().getDeclaringClass().getName() + "."
                        + annotated.method().getName()
                : spec.cache();
    }

    private CacheTarget.Key key(String annotation, EntrySpec spec, boolean reads) {
        CacheTarget.Key key;
        if (spec.keyBuilder() != KeyBuilder.class) {
            if (!spec.key().isEmpty()) {
                wrong(annotation + " has both a key and a keyBuilder. Take one of them");
            }
            KeyBuilder builder = tried(annotation + " keyBuilder", () -> rules.instance(spec.keyBuilder()));
            key = (arguments, result) -> builder.key(annotated.method(), arguments);
        } else if (!spec.key().isEmpty()) {
            Template template = template(annotation + " key", spec.key(), reads ? null : resultType);
            if (template != null && template.isConstant() && named.getParameterCount() > 0) {
                wrong(annotation + " key '" + spec.key() + "' is the same for all arguments. Name one, such as '{0}'");
            }
            key = (arguments, result) -> template.text(arguments, result);
        } else {
            if (!reads) {
                wrong(annotation + " needs a key, such as '{result.id}'");
            }
            String name = annotated.callName();
            key = (arguments, result) -> KeyText.ofCall(name, arguments);
        }
        return spec.stamp() == Stamp.class
                ? key
                : stamped(key, tried(annotation + " validateWith", () -> rules.instance(spec.stamp())));
    }

    private CacheTarget.Key stamped(CacheTarget.Key key, Stamp stamp) {
        return (arguments, result) -> key.of(arguments, result) + "@"
                + Stamp.hash(stamp.of(annotated.method(), arguments).getBytes(StandardCharsets.UTF_8))
                        .substring(0, STAMP_LETTERS);
    }

    private Invalidation invalidation(Invalidate said) {
        Type known = said.beforeInvocation() ? null : resultType;
        List<String> caches = annotated.caches(said);
        if (caches.isEmpty()) {
            wrong("@Invalidate needs the name of a cache");
        }
        if (said.tags().length == 0 && said.match().isEmpty() && said.key().isEmpty()) {
            wrong("@Invalidate says neither tags nor match nor key. For all entries say match = \"*\"");
        }
        return new Invalidation(
                rules.opener(),
                caches,
                Arrays.stream(said.tags())
                        .map(tag -> template("@Invalidate tags", tag, known))
                        .toList(),
                said.match().isEmpty() ? null : template("@Invalidate match", said.match(), known),
                said.key().isEmpty() ? null : template("@Invalidate key", said.key(), known),
                condition("@Invalidate condition", said.condition(), known),
                said.beforeInvocation());
    }

    private Template template(String what, String text, @Nullable Type known) {
        return tried(what + " '" + text + "'", () -> Template.parse(text, named, rules.expressions(), known));
    }

    private @Nullable Condition condition(String what, String text, @Nullable Type known) {
        return text.isEmpty()
                ? null
                : tried(what + " '" + text + "'", () -> Condition.parse(text, named, rules.expressions(), known));
    }

    /** Returns what {@code part} makes; where it cannot, notes why and returns null, which nobody will see: the plan is not used. */
    @SuppressWarnings("NullAway") // See above.
    private <T> T tried(String what, Supplier<T> part) {
        try {
            return part.get();
        } catch (ConfigException | IllegalArgumentException failure) {
            wrong(what + ": " + failure.getMessage());
            return null;
        }
    }

    private void wrong(String why) {
        mistakes.add(annotated.name() + ": " + why);
    }
}
