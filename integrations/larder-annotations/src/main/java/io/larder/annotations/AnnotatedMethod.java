package io.larder.annotations;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A method with the annotations that hold for it: those of the nearest declaration that has some, else those of the class or its
 * interfaces. Immutable.
 *
 * @param method as it is declared nearest to the class
 * @param own where its annotations are, or null when they are the class's; it has the names of the parameters
 * @param type the class, by whose own annotations the method's are completed
 */
record AnnotatedMethod(Method method, @Nullable Method own, Class<?> type) {

    private static final List<Class<? extends Annotation>> ALL =
            List.of(Cached.class, CachePut.class, Invalidate.class, Invalidate.All.class);

    /** Returns what holds for calls of {@code method} on objects of {@code type}, or null when nothing does. */
    static @Nullable AnnotatedMethod find(Method method, Class<?> type) {
        if (method.getDeclaringClass() == Object.class || (method.isSynthetic() && !method.isBridge())) {
            return null;
        }
        Collection<Class<?>> lineage = lineage(type);
        List<Method> declarations =
                lineage.stream().flatMap(each -> declared(method, each)).toList();
        Method nearest = declarations.isEmpty() ? method : declarations.get(0);
        for (Method each : declarations) {
            if (isAnnotated(each)) {
                return new AnnotatedMethod(nearest, each, type);
            }
        }
        AnnotatedMethod byClass = new AnnotatedMethod(nearest, null, type);
        boolean cached = byClass.ofClass(Cached.class) != null || byClass.ofClass(CachePut.class) != null;
        boolean takes = (cached && nearest.getReturnType() != void.class)
                || !byClass.invalidations().isEmpty();
        return takes ? byClass : null;
    }

    static boolean isAnnotated(AnnotatedElement element) {
        return ALL.stream().anyMatch(element::isAnnotationPresent);
    }

    /** Returns {@code type}, its superclasses and then all interfaces. */
    static Collection<Class<?>> lineage(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            types.add(at);
        }
        for (Class<?> each : List.copyOf(types)) {
            addInterfaces(each, types);
        }
        // A proxy's own methods have lost their types' arguments.
        types.removeIf(Proxy::isProxyClass);
        return types;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
        for (Class<?> each : type.getInterfaces()) {
            types.add(each);
            addInterfaces(each, types);
        }
    }

    /** Returns the declaration of {@code method} in {@code type}: not the bridge that a compiler made for a generic one, if it leads on. */
    private static Stream<Method> declared(Method method, Class<?> type) {
        List<Method> namesakes = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(method.getName())
                        && each.getParameterCount() == method.getParameterCount())
                .toList();
        List<Method> same = namesakes.stream()
                .filter(each -> Arrays.equals(each.getParameterTypes(), method.getParameterTypes()))
                .toList();
        if (same.isEmpty() || same.stream().anyMatch(each -> !each.isBridge())) {
            return same.stream().filter(each -> !each.isBridge());
        }
        List<Method> behind = namesakes.stream()
                .filter(each -> !each.isBridge() && isNarrower(each.getParameterTypes(), method.getParameterTypes()))
                .toList();
        return behind.size() == 1 ? behind.stream() : same.stream().limit(1);
    }

    private static boolean isNarrower(Class<?>[] some, Class<?>[] others) {
        for (int i = 0; i < some.length; i++) {
            if (!others[i].isAssignableFrom(some[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns where the parameters have their names. */
    Method named() {
        return own == null ? method : own;
    }

    @Nullable
    EntrySpec cached() {
        EntrySpec ofClass = EntrySpec.of(ofClass(Cached.class));
        EntrySpec ofMethod = own == null ? null : EntrySpec.of(own.getAnnotation(Cached.class));
        return own == null ? ofClass : ofMethod == null ? null : ofMethod.over(ofClass);
    }

    @Nullable
    EntrySpec put() {
        EntrySpec ofClass = EntrySpec.of(ofClass(CachePut.class));
        EntrySpec ofMethod = own == null ? ofClass : EntrySpec.of(own.getAnnotation(CachePut.class));
        return ofMethod == null ? null : ofMethod.over(ofClass).over(EntrySpec.of(ofClass(Cached.class)));
    }

    List<Invalidate> invalidations() {
        if (own != null) {
            return List.of(own.getAnnotationsByType(Invalidate.class));
        }
        return lineage(type).stream()
                .map(each -> List.of(each.getAnnotationsByType(Invalidate.class)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Returns the names of the caches that {@code said} is about, those of the class where it names none. */
    List<String> caches(Invalidate said) {
        Cached ofClass = ofClass(Cached.class);
        return said.cache().length > 0 || ofClass == null || ofClass.cache().isEmpty()
                ? List.of(said.cache())
                : List.of(ofClass.cache());
    }

    private <A extends Annotation> @Nullable A ofClass(Class<A> annotation) {
        return lineage(type).stream()
                .map(each -> each.getAnnotation(annotation))
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    /** Returns the method as messages name it. */
    String name() {
        List<String> parameters =
                Stream.of(method.getParameterTypes()).map(Class::getSimpleName).toList();
        return type.getSimpleName() + "." + method.getName() + "(" + String.join(", ", parameters) + ")";
    }

    /** Returns the name with which keys of calls begin; one that is overloaded has the parameters' types in it. */
    String callName() {
        Class<?> declaring = method.getDeclaringClass();
        boolean overloaded = Arrays.stream(declaring.getDeclaredMethods())
                        .filter(each -> each.getName().equals(method.getName()) && !each.isBridge())
                        .count()
                > 1;
        String types = Stream.of(method.getParameterTypes())
                .map(Class::getName)
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        return declaring.getName() + "." + method.getName() + (overloaded ? ":" + types : "");
    }
}
