package io.larder.bench.start;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Maven puts on the class path of a program that names some dependencies.
 *
 * <p>Each set is a pom of its own, a child of this project's, so that versions are those of this build and no set meddles with
 * another's. One run of Maven builds what is ours and resolves them all.
 */
final class ClassPaths {

    private static final String MODEL = """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
            %s</project>
            """;
    private static final String PARENT = """
              <parent>
                <groupId>io.larder</groupId>
                <artifactId>larder-parent</artifactId>
                <version>%s</version>
                <relativePath>%s</relativePath>
              </parent>
              <artifactId>%s</artifactId>
              <packaging>pom</packaging>
              <properties>
                <larder.siblings.allowed>true</larder.siblings.allowed>
              </properties>
              <dependencies>
            %s  </dependencies>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>maven-dependency-plugin</artifactId>
                    <executions>
                      <execution>
                        <id>class-path</id>
                        <phase>package</phase>
                        <goals>
                          <goal>build-classpath</goal>
                        </goals>
                        <configuration>
                          <includeScope>runtime</includeScope>
                          <outputFile>${project.basedir}/class-path</outputFile>
                        </configuration>
                      </execution>
                    </executions>
                  </plugin>
                </plugins>
              </build>
            """;
    private static final String AGGREGATOR = """
              <groupId>io.larder</groupId>
              <artifactId>larder-start</artifactId>
              <version>%s</version>
              <packaging>pom</packaging>
              <modules>
            %s  </modules>
            """;

    private final Path project;
    private final Path folder;
    private final String version;

    /** Takes the project's folder, one for what is made, and the project's version. */
    ClassPaths(Path project, Path folder, String version) {
        this.project = project.toAbsolutePath();
        this.folder = folder.toAbsolutePath();
        this.version = version;
    }

    /** Returns the jars of each set, by its name. */
    Map<String, List<Path>> resolve(Map<String, List<String>> dependenciesBySet) throws IOException {
        write(dependenciesBySet);
        String sets = dependenciesBySet.keySet().stream()
                .map(set -> ":" + artifact(set))
                .collect(Collectors.joining(","));
        List<String> command = List.of(
                "mvn",
                "-B",
                "-q",
                "-ntp",
                "-Pfast",
                "-Dmaven.test.skip=true",
                "-f",
                pom(folder).toString(),
                "-pl",
                sets,
                "-am",
                "package");
        int exit = Commands.run(new ProcessBuilder(command).inheritIO());
        if (exit != 0) {
            throw new IOException("Maven ended with " + exit + ", and what it printed above says why: " + command);
        }
        Map<String, List<Path>> jars = new LinkedHashMap<>();
        for (String set : dependenciesBySet.keySet()) {
            String classPath =
                    Files.readString(folder(set).resolve("class-path")).strip();
            jars.put(
                    set,
                    Stream.of(classPath.split(File.pathSeparator, -1))
                            .map(Path::of)
                            .toList());
        }
        return jars;
    }

    void write(Map<String, List<String>> dependenciesBySet) throws IOException {
        List<String> modules =
                new ArrayList<>(List.of(folder.relativize(project).toString()));
        for (Map.Entry<String, List<String>> set : dependenciesBySet.entrySet()) {
            Path own = folder(set.getKey());
            Files.createDirectories(own);
            String dependencies =
                    set.getValue().stream().map(ClassPaths::dependency).collect(Collectors.joining());
            String parent = own.relativize(pom(project)).toString();
            Files.writeString(
                    pom(own), MODEL.formatted(PARENT.formatted(version, parent, artifact(set.getKey()), dependencies)));
            modules.add(folder.relativize(own).toString());
        }
        String lines = modules.stream()
                .map(module -> "    <module>" + module + "</module>\n")
                .collect(Collectors.joining());
        Files.writeString(pom(folder), MODEL.formatted(AGGREGATOR.formatted(version, lines)));
    }

    private static String dependency(String coordinates) {
        String[] words = coordinates.split(":", -1);
        String version = words.length > 2 ? "      <version>" + words[2] + "</version>\n" : "";
        return """
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                """.formatted(words[0], words[1]) + version + "    </dependency>\n";
    }

    private Path folder(String set) {
        return folder.resolve(artifact(set));
    }

    private static Path pom(Path of) {
        return of.resolve("pom.xml");
    }

    private static String artifact(String set) {
        return "start-" + set.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
