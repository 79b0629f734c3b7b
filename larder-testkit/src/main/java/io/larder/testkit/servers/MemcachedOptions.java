package io.larder.testkit.servers;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How memcached servers are started. Immutable: every method returns another one. */
public final class MemcachedOptions {

    static final String TLS = "-Z";
    static final String SASL = "-S";
    static final String UNIX = "-s";
    static final String SOCKET = "memcached.sock";

    private final List<String> arguments;
    private final List<String> users;
    private final @Nullable Certificates certificates;

    private MemcachedOptions(List<String> arguments, List<String> users, @Nullable Certificates certificates) {
        this.arguments = arguments;
        this.users = users;
        this.certificates = certificates;
    }

    /** Returns those of a server as it is out of the box, but on 127.0.0.1: 64 MiB of memory, items up to 1 MiB. */
    public static MemcachedOptions plain() {
        return new MemcachedOptions(List.of(), List.of(), null);
    }

    /** Adds arguments as on the command line, such as {@code with("-t", "1")}; the last of two that disagree counts. */
    public MemcachedOptions with(String... added) {
        return new MemcachedOptions(and(arguments, added), users, certificates);
    }

    /** Sets how much memory items have, at least twice as much as the largest item, before some are evicted. */
    public MemcachedOptions memoryMebibytes(int mebibytes) {
        return with("-m", String.valueOf(mebibytes));
    }

    /** Sets the size of the largest item, with its key and some 50 bytes of its own; memcached wants a multiple of 512. */
    public MemcachedOptions itemKibibytesMax(int kibibytes) {
        return with("-I", kibibytes + "k");
    }

    /** Lets it listen on a unix socket, and on no port. */
    public MemcachedOptions unixSocket() {
        return with(UNIX, SOCKET);
    }

    /**
     * Adds a user to the server's file of users and passwords; who is not in it is refused.
     *
     * <p>The text and meta protocols take no blank in either.
     */
    public MemcachedOptions user(String name, String password) {
        return new MemcachedOptions(arguments, and(users, name + ":" + password), certificates);
    }

    /** Lets it ask for SASL, and so speak the binary protocol alone. No user is known to it. */
    public MemcachedOptions sasl() {
        return with(SASL);
    }

    /** Lets it speak TLS and nothing else, with a certificate for localhost and 127.0.0.1. */
    public MemcachedOptions tls(Certificates certificates) {
        return tls(certificates, certificates.server());
    }

    /** Lets it speak TLS with a certificate of the right CA, but for a host of another name. */
    public MemcachedOptions tlsOfWrongHost(Certificates certificates) {
        return tls(certificates, certificates.wrongHost());
    }

    /** Lets it speak TLS, and refuse clients without a certificate of the CA. */
    public MemcachedOptions mutualTls(Certificates certificates) {
        return tls(certificates).with("-o", "ssl_verify_mode=2,ssl_ca_cert=" + certificates.ca());
    }

    List<String> arguments() {
        return arguments;
    }

    boolean has(String argument) {
        return arguments.contains(argument);
    }

    /** Returns the lines of the file of users, none if there is no such file. */
    List<String> users() {
        return users;
    }

    @Nullable
    Certificates certificates() {
        return certificates;
    }

    private MemcachedOptions tls(Certificates of, Certificates.Pair pair) {
        String files = "ssl_chain_cert=" + pair.certificate() + ",ssl_key=" + pair.key();
        return new MemcachedOptions(and(arguments, TLS, "-o", files), users, of);
    }

    private static List<String> and(List<String> all, String... added) {
        return Stream.concat(all.stream(), Stream.of(added)).toList();
    }
}
