package io.larder.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The files of the project, as they lie in its folders. */
final class ProjectTree {

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".mvn");

    static final Path ROOT = root();

    private ProjectTree() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("larder-core"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Returns every page, its path relative to the root. */
    static List<Path> pages() {
        return files(path -> path.toString().endsWith(".md"));
    }

    /** Returns every Java file, its path relative to the root. */
    static List<Path> javaFiles() {
        return files(path -> path.toString().endsWith(".java"));
    }

    /** Returns every Java file that is shipped, the modules' descriptors left out. */
    static List<Path> mainFiles() {
        return files(path -> path.toString().contains("src/main/java/")
                && path.toString().endsWith(".java")
                && !path.endsWith("module-info.java"));
    }

    /** Returns every module's folder, relative to the root. */
    static List<Path> modules() {
        return files(path -> path.endsWith("pom.xml") && path.getNameCount() > 1).stream()
                .map(Path::getParent)
                .toList();
    }

    static String text(Path path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Path path = ROOT.relativize(file);
                    if (wanted.test(path)) {
                        found.add(path);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }
}
