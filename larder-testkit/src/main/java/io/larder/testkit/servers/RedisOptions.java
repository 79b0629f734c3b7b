package io.larder.testkit.servers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How Redis servers are configured; the same for each server of a group. Immutable: every method returns another one.
 *
 * <p>Without any: no password, no TLS, nothing kept on disk.
 */
public final class RedisOptions {

    private final List<String> lines;
    private final List<String> sentinelLines;
    private final @Nullable String password;
    private final @Nullable String sentinelPassword;
    private final @Nullable Certificates certificates;

    private RedisOptions(
            List<String> lines,
            List<String> sentinelLines,
            @Nullable String password,
            @Nullable String sentinelPassword,
            @Nullable Certificates certificates) {
        this.lines = lines;
        this.sentinelLines = sentinelLines;
        this.password = password;
        this.sentinelPassword = sentinelPassword;
        this.certificates = certificates;
    }

    /** Returns those of a server as it is out of the box, but on 127.0.0.1 and in memory alone. */
    public static RedisOptions plain() {
        return new RedisOptions(List.of(), List.of(), null, null, null);
    }

    /** Sets a directive of redis.conf, such as {@code set("maxmemory", "2mb")}; one word per argument. */
    public RedisOptions set(String directive, String... words) {
        return with(line(directive, words));
    }

    /** Sets the password of the default user, which replicas and sentinels use as well; who gives none is refused. */
    public RedisOptions password(String password) {
        return new RedisOptions(
                and(lines, line("requirepass", password), line("masterauth", password)),
                sentinelLines,
                password,
                sentinelPassword,
                certificates);
    }

    /**
     * Adds an ACL user with the rules given, such as {@code "~larder:*", "+@all"}; one rule per argument.
     *
     * <p>Who names no user is the default user, and may do everything unless {@link #password} is set too.
     */
    public RedisOptions user(String name, String password, String... rules) {
        return with(userLine(name, password, rules));
    }

    /** Lets it speak TLS and nothing else, with a certificate for localhost and 127.0.0.1. */
    public RedisOptions tls(Certificates certificates) {
        return tls(certificates, certificates.server());
    }

    /** Lets it speak TLS with a certificate of the right CA, but for a host of another name. */
    public RedisOptions tlsOfWrongHost(Certificates certificates) {
        return tls(certificates, certificates.wrongHost());
    }

    /** Lets it refuse clients without a certificate of the CA; after {@link #tls}. */
    public RedisOptions clientCertificateNeeded() {
        String needed = line("tls-auth-clients", "yes");
        return new RedisOptions(
                and(lines, needed), and(sentinelLines, needed), password, sentinelPassword, certificates);
    }

    /** Sets the password that the sentinels themselves ask for, of clients and of each other. */
    public RedisOptions sentinelPassword(String password) {
        return new RedisOptions(
                lines,
                and(sentinelLines, line("requirepass", password), line("sentinel", "sentinel-pass", password)),
                this.password,
                password,
                certificates);
    }

    /** Adds an ACL user of the sentinels themselves, who may do everything. */
    public RedisOptions sentinelUser(String name, String password) {
        return new RedisOptions(
                lines,
                and(sentinelLines, userLine(name, password, "&*", "+@all")),
                this.password,
                sentinelPassword,
                certificates);
    }

    /** Returns the options of a sentinel over servers with these. */
    RedisOptions ofSentinel() {
        return new RedisOptions(sentinelLines, List.of(), sentinelPassword, null, certificates);
    }

    List<String> lines() {
        return lines;
    }

    @Nullable
    String password() {
        return password;
    }

    @Nullable
    Certificates certificates() {
        return certificates;
    }

    /** Returns a line of redis.conf, with every word quoted. */
    static String line(String directive, String... words) {
        return Stream.concat(Stream.of(directive), Arrays.stream(words).map(RedisOptions::quoted))
                .collect(Collectors.joining(" "));
    }

    private RedisOptions tls(Certificates of, Certificates.Pair pair) {
        String[] own = {
            line("tls-cert-file", pair.certificate().toString()),
            line("tls-key-file", pair.key().toString()),
            line("tls-ca-cert-file", of.ca().toString()),
            line("tls-auth-clients", "no"),
            line("tls-replication", "yes"),
            line("tls-cluster", "yes")
        };
        return new RedisOptions(and(lines, own), and(sentinelLines, own), password, sentinelPassword, of);
    }

    private RedisOptions with(String added) {
        return new RedisOptions(and(lines, added), sentinelLines, password, sentinelPassword, certificates);
    }

    private static String userLine(String name, String password, String... rules) {
        return line(
                "user",
                Stream.concat(Stream.of(name, "on", ">" + password), Arrays.stream(rules))
                        .toArray(String[]::new));
    }

    private static List<String> and(List<String> lines, String... added) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(added));
        return List.copyOf(all);
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
