package io.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of docs/ARCHITECTURE.md that no plugin checks, by a walk through the folders. */
class ArchitectureTest {

    private static final Path CORE = Path.of("larder-core");
    /** What frameworks' modules are built on: docs/adr/0025-spring.md. */
    private static final Map<String, Set<String>> BELOW = Map.of(
            "larder-spring",
            Set.of("larder-annotations", "larder-servlet"),
            "larder-spring-boot-starter",
            Set.of("larder-annotations", "larder-memory", "larder-micrometer", "larder-servlet", "larder-spring"));

    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+)");

    @Nested
    class Modules {

        @Test
        void coreDependsOnNothingAtRunTime() {
            // The root's are everybody's.
            assertThat(List.of(Path.of(""), CORE))
                    .allSatisfy(module ->
                            assertThat(Pom.of(module).dependencies()).noneMatch(Pom.Dependency::isNeededAtRunTime));
        }

        @Test
        void libraryDependsOnCoreAndNoSibling() {
            assertThat(libraries())
                    .isNotEmpty()
                    .allSatisfy(module -> assertThat(Pom.of(module).dependencies())
                            .filteredOn(dependency -> dependency.group().equals("io.larder"))
                            .allMatch(dependency -> dependency.artifact().equals("larder-core")
                                    || dependency.scope().equals("test")
                                    || below(module).contains(dependency.artifact())));
        }

        @Test
        void everyModuleIsBuilt() {
            assertThat(Pom.of(Path.of("")).modules())
                    .containsExactlyInAnyOrderElementsOf(
                            ProjectTree.modules().stream().map(Path::toString).toList());
        }
    }

    @Nested
    class Imports {

        @Test
        void coreUsesOnlyItselfTheJdkAndAnnotations() {
            assertThat(offences(
                            CORE,
                            used -> !used.startsWith("java.")
                                    && !used.startsWith("javax.crypto.")
                                    && !used.startsWith("org.jspecify.")
                                    && !isOfCore(used)))
                    .isEmpty();
        }

        @Test
        void libraryUsesCoreAndNoSibling() {
            assertThat(libraries())
                    .allSatisfy(module -> assertThat(offences(
                                    module,
                                    used -> used.startsWith("io.larder.")
                                            && !isOfCore(used)
                                            && below(module).stream()
                                                    .noneMatch(
                                                            sibling -> packages(module.resolveSibling(sibling)).stream()
                                                                    .anyMatch(own -> isIn(own, used)))
                                            && packages(module).stream().noneMatch(own -> isIn(own, used))))
                            .isEmpty());
        }

        @Test
        void noneIsUsedByNobody() {
            assertThat(ProjectTree.mainFiles())
                    .filteredOn(path -> !path.startsWith(CORE))
                    .noneMatch(path -> imports(path).anyMatch(used -> used.startsWith("io.larder.none.")));
        }

        private List<String> offences(Path module, Predicate<String> forbidden) {
            List<String> offences = new ArrayList<>();
            ProjectTree.mainFiles().stream()
                    .filter(path -> path.startsWith(module))
                    .forEach(path ->
                            imports(path).filter(forbidden).forEach(used -> offences.add(path + " imports " + used)));
            return offences;
        }

        private boolean isOfCore(String used) {
            return packages(CORE).stream().anyMatch(own -> isIn(own, used));
        }

        /** Whether {@code used} is a type of package {@code own}, or a member of one. */
        private boolean isIn(String own, String used) {
            return used.startsWith(own + ".") && Character.isUpperCase(used.charAt(own.length() + 1));
        }

        private Stream<String> imports(Path path) {
            return IMPORT.matcher(ProjectTree.text(path)).results().map(found -> found.group(1));
        }
    }

    @Nested
    class Sources {

        private static final int LINES_MAX = 500;

        @Test
        void timeComesFromTheClock() {
            Pattern machineTime =
                    Pattern.compile("System\\.(currentTimeMillis|nanoTime)|Instant\\.now|LocalDateTime\\.now");

            assertThat(ProjectTree.mainFiles())
                    .filteredOn(path -> !path.startsWith("apps") && !path.startsWith("benchmarks"))
                    .filteredOn(
                            path -> machineTime.matcher(ProjectTree.text(path)).find())
                    .map(path -> path.getFileName().toString())
                    .isNotEmpty()
                    .allMatch(name -> name.endsWith("Clock.java"));
        }

        @Test
        void nobodySleeps() {
            Pattern sleep = Pattern.compile("Thread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(");

            assertThat(ProjectTree.javaFiles())
                    .filteredOn(path -> sleep.matcher(ProjectTree.text(path)).find())
                    .isEmpty();
        }

        @Test
        void nothingIsSkippedOrLeftForLater() {
            Pattern later = Pattern.compile("@Disabled|\\bTODO\\b|\\bFIXME\\b");

            assertThat(ProjectTree.javaFiles())
                    .filteredOn(path -> !path.endsWith("ArchitectureTest.java"))
                    .filteredOn(path -> later.matcher(ProjectTree.text(path)).find())
                    .isEmpty();
        }

        @Test
        void everyPackageSaysWhatItIsAndWhatIsNull() {
            Set<Path> folders =
                    ProjectTree.mainFiles().stream().map(Path::getParent).collect(Collectors.toSet());

            assertThat(folders).allSatisfy(folder -> {
                String info = ProjectTree.text(folder.resolve("package-info.java"));
                assertThat(info).startsWith("/**").contains("@NullMarked");
            });
        }

        @Test
        void namesSayWhatATypeIs() {
            Pattern empty = Pattern.compile("Default\\w*|\\w*(Impl|Base|Manager|Helper|Utils?)");

            assertThat(ProjectTree.javaFiles())
                    .map(path -> path.getFileName().toString().replace(".java", ""))
                    .filteredOn(name -> empty.matcher(name).matches())
                    .isEmpty();
        }

        @Test
        void filesStayShort() {
            assertThat(ProjectTree.javaFiles())
                    .filteredOn(path -> ProjectTree.text(path).lines().count() > LINES_MAX)
                    .isEmpty();
        }
    }

    /** Returns the modules that users put on their class path beside core. */
    private static List<Path> libraries() {
        return ProjectTree.modules().stream()
                .filter(module -> module.startsWith("backends")
                        || module.startsWith("codecs")
                        || module.startsWith("integrations"))
                .toList();
    }

    /** Returns the siblings that a module may use. */
    private static Set<String> below(Path module) {
        return BELOW.getOrDefault(module.getFileName().toString(), Set.of());
    }

    private static Set<String> packages(Path module) {
        Path sources = module.resolve("src/main/java");
        return ProjectTree.mainFiles().stream()
                .filter(path -> path.startsWith(sources))
                .map(path -> sources.relativize(path.getParent()).toString().replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
