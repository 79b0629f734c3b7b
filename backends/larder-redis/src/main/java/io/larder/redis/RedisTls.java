package io.larder.redis;

import io.larder.ConfigException;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What is presented and believed in a TLS handshake. Immutable; the files are read again at each connection, so that they may be renewed.
 *
 * @param ca PEM file of the authorities to believe, or null for those of the Java platform
 * @param certificate PEM file of the client's own certificate and what leads to its authority, or null for none
 * @param key PEM file of its private key (PKCS #8), or null for none
 * @param keyPassword that opens the key, or null
 * @param verify what of the server's certificate is checked
 */
public record RedisTls(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable String keyPassword,
        Verify verify) {

    /** The authorities of the Java platform, no certificate of one's own, everything checked. */
    public static final RedisTls STANDARD = new RedisTls(null, null, null, null, Verify.FULL);

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
    public RedisTls {
        if ((certificate == null) != (key == null)) {
            throw new ConfigException("'cert' and 'key' belong together, but "
                    + (certificate == null ? "'key' was '" + key : "'cert' was '" + certificate)
                    + "' alone. Give both, or neither");
        }
    }

    /** Returns this, changed by what {@code url} says. */
    RedisTls with(CacheUrl url) {
        Parameters given = url.parameters();
        String keyPassword = given.text("key-password");
        String verify = given.oneOf("verify", List.of("full", "ca"));
        return new RedisTls(
                file(given, "ca", ca),
                file(given, "cert", certificate),
                file(given, "key", key),
                keyPassword == null ? this.keyPassword : keyPassword,
                verify == null ? this.verify : Verify.valueOf(verify.toUpperCase(Locale.ROOT)));
    }

    /** Refuses files that cannot be used, now rather than at the first call. */
    void check() {
        if (ca != null) {
            try {
                SslContextBuilder.forClient().trustManager(ca.toFile()).build();
            } catch (IllegalArgumentException | SSLException e) {
                throw new ConfigException("'ca' must be a file with certificates in PEM, was '" + ca + "'", e);
            }
        }
        if (certificate != null && key != null) {
            try {
                SslContextBuilder.forClient()
                        .keyManager(certificate.toFile(), key.toFile(), keyPassword)
                        .build();
            } catch (IllegalArgumentException | SSLException e) {
                throw new ConfigException(
                        "'cert' and 'key' must be a certificate and its private key in PEM, the key in PKCS #8 ("
                                + "'openssl pkcs8 -topk8' makes that), opened by 'key-password' if it has one; were '"
                                + certificate + "' and '" + key + "'",
                        e);
            }
        }
    }

    SslOptions options() {
        SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
        if (ca != null) {
            options.trustManager(ca.toFile());
        }
        if (certificate != null && key != null) {
            options.keyManager(
                    certificate.toFile(), key.toFile(), keyPassword == null ? null : keyPassword.toCharArray());
        }
        return options.build();
    }

    SslVerifyMode mode() {
        return verify == Verify.FULL ? SslVerifyMode.FULL : SslVerifyMode.CA;
    }

    /** Returns everything but the password. */
    @Override
    public String toString() {
        return "RedisTls[ca=" + ca + ", certificate=" + certificate + ", key=" + key + ", verify=" + verify + "]";
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
