package io.larder.testkit.servers;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates made for one test, as PEM files in a temporary folder: a CA, what it signed, and a CA that signed nothing.
 *
 * <p>Keys are for the curve P-256, in PKCS#8 and not encrypted. Immutable. Needs {@code io.netty:netty-pkitesting} on the class path, which
 * the testkit does not bring along.
 */
public final class Certificates implements AutoCloseable {

    /**
     * A certificate and its key.
     *
     * @param certificate the file of the certificate
     * @param key the file of the key
     */
    public record Pair(Path certificate, Path key) {}

    private final TempFolder folder;
    private final Pair ca;
    private final Pair otherCa;
    private final Pair server;
    private final Pair client;
    private final Pair wrongHost;
    private final X509Certificate authority;
    private final X509Bundle caller;

    private Certificates(TempFolder folder) throws Exception {
        this.folder = folder;
        X509Bundle issuer = named("ca").setIsCertificateAuthority(true).buildSelfSigned();
        this.authority = issuer.getCertificate();
        this.caller = named("client").buildIssuedBy(issuer);
        this.ca = write("ca", issuer);
        this.otherCa = write(
                "other-ca", named("other-ca").setIsCertificateAuthority(true).buildSelfSigned());
        this.server = write(
                "server",
                named("server")
                        .addSanDnsName("localhost")
                        .addSanIpAddress("127.0.0.1")
                        .buildIssuedBy(issuer));
        this.client = write("client", caller);
        this.wrongHost = write(
                "wrong-host", named("wrong-host").addSanDnsName("wrong.example").buildIssuedBy(issuer));
    }

    private static CertificateBuilder named(String name) {
        return new CertificateBuilder().subject("CN=" + name).ecp256();
    }

    /** Makes new ones. */
    public static Certificates create() {
        TempFolder folder = TempFolder.create("larder-certificates-");
        try {
            return new Certificates(folder);
        } catch (Exception e) {
            folder.delete();
            throw new ServerException("Cannot make certificates in '" + folder.path() + "': " + e, e);
        }
    }

    /** Returns the certificate of the CA. */
    public Path ca() {
        return ca.certificate();
    }

    /** Returns the certificate of a CA that signed none of these. */
    public Path otherCa() {
        return otherCa.certificate();
    }

    /** Returns what a server shows, for localhost and 127.0.0.1. */
    public Pair server() {
        return server;
    }

    /** Returns what a client shows, if the server asks. */
    public Pair client() {
        return client;
    }

    /** Returns what a server shows whose name is another one, {@code wrong.example}. */
    public Pair wrongHost() {
        return wrongHost;
    }

    /** Removes the files. */
    @Override
    public void close() {
        folder.delete();
    }

    /**
     * Returns how to connect as the client: trusts the CA, whatever the host's name.
     *
     * <p>Another one each time, as a memcached that asks for certificates refuses to resume a session.
     */
    SSLContext context() throws IOException {
        try {
            return contextOf(authority, caller);
        } catch (GeneralSecurityException e) {
            throw new IOException("Cannot use the certificates in '" + folder.path() + "'", e);
        }
    }

    private Pair write(String name, X509Bundle bundle) throws IOException {
        Path certificate = folder.path().resolve(name + ".crt");
        Path key = folder.path().resolve(name + ".key");
        Files.writeString(certificate, bundle.getCertificatePEM());
        Files.writeString(key, bundle.getPrivateKeyPEM());
        // Runs in reverse order, so that the folder is empty when its turn comes.
        folder.path().toFile().deleteOnExit();
        certificate.toFile().deleteOnExit();
        key.toFile().deleteOnExit();
        return new Pair(certificate, key);
    }

    private static SSLContext contextOf(X509Certificate authority, X509Bundle client)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", authority);
        store.setKeyEntry("client", client.getKeyPair().getPrivate(), new char[0], client.getCertificatePath());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
