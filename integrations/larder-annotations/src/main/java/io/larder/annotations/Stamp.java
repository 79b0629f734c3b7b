package io.larder.annotations;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Tells what results depend on beside the arguments, such as the content of a file. Thread-safe.
 *
 * <p>It is asked at each call, before the cache is; a result answers calls with the stamp with which it was computed.
 */
@FunctionalInterface
public interface Stamp {

    /** Returns any text that changes when results do. */
    String of(Method method, @Nullable Object[] arguments) throws Exception;

    /** Returns a hash of what {@code file} contains. */
    static String ofFile(Path file) throws IOException {
        return hash(Files.readAllBytes(file));
    }

    /** Returns SHA-256 in hexadecimal. */
    static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
