package io.larder.memcached;

import io.larder.ConfigException;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What is presented and believed in a TLS handshake. Immutable; the files are read when a cache is opened.
 *
 * @param ca PEM file of the authorities to believe, or null for those of the Java platform
 * @param certificate PEM file of the client's own certificate and what leads to its authority, or null for none
 * @param key PEM file of its private key (PKCS #8), or null for none
 * @param keyPassword that opens the key, or null
 * @param verify what of the server's certificate is checked
 */
public record MemcachedTls(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable String keyPassword,
        Verify verify) {

    /** The authorities of the Java platform, no certificate of one's own, everything checked. */
    public static final MemcachedTls STANDARD = new MemcachedTls(null, null, null, null, Verify.FULL);

    static final ParameterSet PARAMETERS = new ParameterSet(List.of(
            new Parameter(
                    "ca", "path of a PEM file", "the Java platform's", "Authorities that may vouch for a server."),
            new Parameter("cert", "path of a PEM file", "none", "Certificate to show to the server."),
            new Parameter("key", "path of a PEM file", "none", "Private key of 'cert', in PKCS #8."),
            new Parameter("key-password", "text", "none", "Opens 'key'."),
            new Parameter("verify", "full or ca", "full", "'ca' skips the check of the host name.")));

    /** What of a server's certificate is checked; there is no way to check nothing. */
    public enum Verify {
        /** That an authority signed it, and that it is for this host. */
        FULL,
        /** That an authority signed it, for whatever host. */
        CA
    }

    /** Refuses half a pair. */
    public MemcachedTls {
        if ((certificate == null) != (key == null)) {
            throw new ConfigException("'cert' and 'key' belong together, but "
                    + (certificate == null ? "'key' was '" + key : "'cert' was '" + certificate)
                    + "' alone. Give both, or neither");
        }
    }

    /** Returns this, changed by what {@code url} says. */
    MemcachedTls with(CacheUrl url) {
        Parameters given = url.parameters();
        String keyPassword = given.text("key-password");
        String verify = given.oneOf("verify", List.of("full", "ca"));
        return new MemcachedTls(
                file(given, "ca", ca),
                file(given, "cert", certificate),
                file(given, "key", key),
                keyPassword == null ? this.keyPassword : keyPassword,
                verify == null ? this.verify : Verify.valueOf(verify.toUpperCase(Locale.ROOT)));
    }

    /** Returns what connections are made with; refuses files that cannot be used. */
    SslContext context() {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .endpointIdentificationAlgorithm(verify == Verify.FULL ? "HTTPS" : null);
        try {
            if (ca != null) {
                builder.trustManager(ca.toFile());
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException("'ca' must be a file with certificates in PEM, was '" + ca + "'", e);
        }
        try {
            if (certificate != null && key != null) {
                builder.keyManager(certificate.toFile(), key.toFile(), keyPassword);
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "'cert' and 'key' must be a certificate and its private key in PEM, the key in PKCS #8 ("
                            + "'openssl pkcs8 -topk8' makes that), opened by 'key-password' if it has one; were '"
                            + certificate + "' and '" + key + "'",
                    e);
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new ConfigException(
                    "TLS cannot be used with 'ca' '" + ca + "' and 'cert' '" + certificate + "': " + e.getMessage()
                            + ". Check that the files are PEM, and the key in PKCS #8",
                    e);
        }
    }

    /** Returns everything but the password. */
    @Override
    public String toString() {
        return "MemcachedTls[ca=" + ca + ", certificate=" + certificate + ", key=" + key + ", verify=" + verify + "]";
    }

    private static @Nullable Path file(Parameters given, String name, @Nullable Path standard) {
        String text = given.text(name);
        if (text == null) {
            return standard;
        }
        File file = new File(text);
        if (!Files.isReadable(file.toPath()) || file.isDirectory()) {
            throw new ConfigException(
                    "'" + name + "' must be a file that can be read, was '" + text + "'. Check path and permissions");
        }
        return file.toPath();
    }
}
