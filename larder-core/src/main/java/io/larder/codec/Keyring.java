package io.larder.codec;

import io.larder.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Secret keys: the first one writes, all of them read. Immutable, and never shows a key.
 *
 * <p>To rotate, put a new key in front, and take the old one away when what it wrote has gone. A key is told from others by its id,
 * four bytes of a hash.
 */
public final class Keyring {

    private static final int KEY_BYTES_MIN = 16;
    private static final byte[] ID_LABEL = "larder key id".getBytes(StandardCharsets.US_ASCII);

    private final Map<Integer, Key> keys = new LinkedHashMap<>();
    private final Key first;

    /** A key and its id. Immutable. */
    static final class Key {

        private final byte[] secret;
        private final int id;

        Key(byte[] secret) {
            this.secret = secret.clone();
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(secret("HmacSHA256"));
                this.id = ByteBuffer.wrap(mac.doFinal(ID_LABEL)).getInt();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has HmacSHA256", e);
            }
        }

        int id() {
            return id;
        }

        int sizeBytes() {
            return secret.length;
        }

        SecretKey secret(String algorithm) {
            return new SecretKeySpec(secret, algorithm);
        }

        static String idText(int id) {
            return HexFormat.of().toHexDigits(id);
        }

        @Override
        public String toString() {
            return idText(id);
        }
    }

    private Keyring(List<byte[]> secrets, String where) {
        for (byte[] secret : secrets) {
            if (secret.length < KEY_BYTES_MIN) {
                throw new ConfigException("A key " + where + " has " + secret.length + " bytes, and at least "
                        + KEY_BYTES_MIN + " are needed. Make one with 'openssl rand -base64 32'");
            }
            Key key = new Key(secret);
            if (keys.put(key.id(), key) != null) {
                throw new ConfigException("Key " + key + " stands twice " + where + ". Name each key once");
            }
        }
        if (keys.isEmpty()) {
            throw new ConfigException(
                    "There is no key " + where + ". Expected keys in Base64 with spaces between them");
        }
        this.first = keys.values().iterator().next();
    }

    /** Returns a keyring of {@code writing}, and of {@code older} keys that only read; they are copied. */
    public static Keyring of(byte[] writing, byte[]... older) {
        List<byte[]> secrets = new ArrayList<>(List.of(writing));
        secrets.addAll(List.of(older));
        return new Keyring(secrets, "that was given");
    }

    /**
     * Returns the keys at a place, {@code env:NAME} for an environment variable or {@code file:PATH}: in Base64, with spaces, line breaks
     * or commas between them.
     */
    public static Keyring read(String place) {
        return read(place, System::getenv);
    }

    static Keyring read(String place, Function<String, @Nullable String> environment) {
        List<byte[]> secrets = new ArrayList<>();
        for (String text : text(place, environment).split("[\\s,]+", -1)) {
            try {
                if (!text.isEmpty()) {
                    secrets.add(Base64.getDecoder().decode(text));
                }
            } catch (IllegalArgumentException e) {
                // Its message, and so itself, quotes the key.
                throw new ConfigException("Key " + (secrets.size() + 1) + " in '" + place
                        + "' is no Base64. Make one with 'openssl rand -base64 32'");
            }
        }
        return new Keyring(secrets, "in '" + place + "'");
    }

    private static String text(String place, Function<String, @Nullable String> environment) {
        if (place.startsWith("env:")) {
            String name = place.substring("env:".length());
            String value = environment.apply(name);
            if (value == null) {
                throw new ConfigException("There is no environment variable '" + name
                        + "' to read keys from. Set it to keys in Base64 with spaces between them");
            }
            return value;
        }
        if (place.startsWith("file:")) {
            try {
                return Files.readString(Path.of(place.substring("file:".length())), StandardCharsets.ISO_8859_1);
            } catch (IOException | InvalidPathException e) {
                throw new ConfigException(
                        "Cannot read keys from '" + place + "'. Expected a file of keys in Base64", e);
            }
        }
        throw new ConfigException(
                "'keys' must name the place where the keys are, 'env:NAME' or 'file:PATH', and was something"
                        + " else. Keys themselves do not belong into a URL");
    }

    Key first() {
        return first;
    }

    @Nullable
    Key byId(int id) {
        return keys.get(id);
    }

    Iterable<Key> all() {
        return keys.values();
    }

    /** Returns the keys' ids. */
    @Override
    public String toString() {
        return keys.values().stream().map(Key::toString).collect(Collectors.joining(", ", "Keyring[", "]"));
    }
}
