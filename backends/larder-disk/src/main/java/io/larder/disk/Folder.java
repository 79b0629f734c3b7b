package io.larder.disk;

import io.larder.BackendException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a cache lies: {@value Marker#NAME}, and for each edition {@code larder-<edition>.db} with the files that SQLite puts beside it,
 * and {@code values-<edition>} with the large values. Immutable.
 */
record Folder(Path path) {

    private static final Pattern OURS =
            Pattern.compile(Pattern.quote(Marker.NAME) + "|larder-(\\d{1,18})\\.db(?:-\\w+)?|values-(\\d{1,18})");
    /** What file systems put into a folder by themselves. */
    private static final Pattern NOBODYS = Pattern.compile("lost\\+found|\\.nfs.*|\\.DS_Store");

    Path database(long edition) {
        return path.resolve("larder-" + edition + ".db");
    }

    Path values(long edition) {
        return path.resolve("values-" + edition);
    }

    /** Makes the folder where it is missing, and its marker; refuses a folder in which somebody else keeps something. */
    Marker open(Patience patience) {
        try {
            create();
            return Marker.open(path, lastEdition(), patience);
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw explain(e);
        }
    }

    private void create() throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownersOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectories(path, ownersOnly);
    }

    /** Returns the highest edition that left files, 0 for none. */
    private long lastEdition() throws IOException {
        long last = 0;
        List<String> others = new ArrayList<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            Matcher ours = OURS.matcher(name);
            if (ours.matches()) {
                last = Math.max(last, edition(ours));
            } else if (!NOBODYS.matcher(name).matches()) {
                others.add(name);
            }
        }
        if (!others.isEmpty() && last == 0 && !Files.exists(path.resolve(Marker.NAME))) {
            throw BackendException.lasting(
                    "Cannot keep a cache in '" + path + "': it holds other things, such as '" + others.get(0)
                            + "', and no cache. Name an empty folder, or one that does not exist yet",
                    null);
        }
        return last;
    }

    /** Removes what editions before {@code edition} left behind, as far as it lets itself be removed. */
    void removeBefore(long edition) {
        try {
            for (Path file : files()) {
                Matcher ours = OURS.matcher(file.getFileName().toString());
                if (ours.matches() && edition(ours) > 0 && edition(ours) < edition) {
                    removeTree(file);
                }
            }
        } catch (IOException e) {
            // It only takes room; whoever opens the folder next tries again.
        }
    }

    private static void removeTree(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            stream.forEach(files::add);
        }
        return files;
    }

    private static long edition(Matcher ours) {
        String number = ours.group(1) == null ? ours.group(2) : ours.group(1);
        return number == null ? 0 : Long.parseLong(number);
    }

    /** Puts what the file system said into words. */
    BackendException explain(Exception failure) {
        if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
            return BackendException.lasting(
                    "Cannot keep a cache in '" + path
                            + "': it is not a folder. Name a folder, or a path at which nothing is",
                    failure);
        }
        String said = String.valueOf(failure.getMessage());
        if (said.contains("No space left") || said.contains("quota exceeded")) {
            return full(failure);
        }
        if (failure instanceof AccessDeniedException
                || failure instanceof NoSuchFileException
                || failure instanceof ReadOnlyFileSystemException
                || said.contains("Read-only file system")) {
            return BackendException.lasting(
                    "Cannot keep a cache in '" + path + "': this user may not write there ("
                            + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                            + "). Give it the right to, or name another folder",
                    failure);
        }
        return BackendException.passing(
                "Cannot use the cache in '" + path + "': " + failure.getMessage() + ". Look at the disk", failure);
    }

    BackendException full(Exception failure) {
        return BackendException.lasting(
                "Cannot write to the cache in '" + path
                        + "': no space is left on the disk. Reads go on. Make room, or lower 'max'",
                failure);
    }
}
