package io.larder.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** What has to happen in one step on the server; each constant is a Lua file of its name beside this class. */
enum Script {
    ADD,
    EXPIRE,
    FILL(false),
    GET_OR_LEASE,
    INVALIDATE_TAG,
    PUT,
    PUT_LEASED,
    RELEASE,
    REMOVE,
    UNTAG;

    private final String source;
    private final String hash;

    Script() {
        this(true);
    }

    /** Makes one that begins with common.lua, unless it does without, and without the time that this takes at each call. */
    Script(boolean common) {
        source = (common ? text("common") : "") + text(name().toLowerCase(Locale.ROOT));
        hash = HexFormat.of().formatHex(sha1(source.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether it changes entries, and not only leases or sets of tags. */
    boolean isWrite() {
        return this != GET_OR_LEASE && this != RELEASE && this != UNTAG;
    }

    /** Returns the whole script. */
    String source() {
        return source;
    }

    /** Returns the name under which a server knows the script once it has seen it. */
    String hash() {
        return hash;
    }

    private static String text(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("larder-redis lacks its resource '" + name + ".lua'");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
