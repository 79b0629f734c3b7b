package io.larder.codec;

import io.larder.ConfigException;
import io.larder.spi.Codec;
import io.larder.spi.StageProvider;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the stage {@code aes-gcm}, which encrypts. Immutable. */
public final class AesGcmProvider implements StageProvider {

    private static final Set<Integer> KEY_BYTES = Set.of(16, 24, 32);

    private final @Nullable Keyring given;

    /** Makes one that reads its keys where {@code keys} says, for the ServiceLoader. */
    public AesGcmProvider() {
        this.given = null;
    }

    /** Makes one of keys of 16, 24 or 32 bytes, for {@link io.larder.LarderBuilder#stage}. */
    public AesGcmProvider(Keyring keys) {
        this.given = keys;
    }

    @Override
    public String name() {
        return "aes-gcm";
    }

    @Override
    public ParameterSet parameters() {
        return HmacProvider.KEYS;
    }

    @Override
    public Codec<byte[], byte[]> open(Parameters parameters) {
        Keyring keys = HmacProvider.keys(name(), given, parameters);
        for (Keyring.Key key : keys.all()) {
            if (!KEY_BYTES.contains(key.sizeBytes())) {
                throw new ConfigException("Key " + key + " of codec 'aes-gcm' has " + key.sizeBytes()
                        + " bytes, expected were 16, 24 or 32. Make one with 'openssl rand -base64 32'");
            }
        }
        return new AesGcmCodec(new Envelope(name(), keys), new SecureRandom());
    }
}
