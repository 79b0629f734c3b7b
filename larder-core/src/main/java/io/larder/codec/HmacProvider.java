package io.larder.codec;

import io.larder.ConfigException;
import io.larder.spi.Codec;
import io.larder.spi.StageProvider;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the stage {@code hmac}, which lets nobody alter a value. Immutable. */
public final class HmacProvider implements StageProvider {

    static final ParameterSet KEYS = new ParameterSet(List.of(new Parameter(
            "keys",
            "'env:NAME' or 'file:PATH'",
            "none, it must be there",
            "Where the keys are, in Base64; the first one writes, all of them read.")));

    private final @Nullable Keyring given;

    /** Makes one that reads its keys where {@code keys} says, for the ServiceLoader. */
    public HmacProvider() {
        this.given = null;
    }

    /** Makes one of keys of at least 16 bytes, for {@link io.larder.LarderBuilder#stage}. */
    public HmacProvider(Keyring keys) {
        this.given = keys;
    }

    @Override
    public String name() {
        return "hmac";
    }

    @Override
    public ParameterSet parameters() {
        return KEYS;
    }

    @Override
    public Codec<byte[], byte[]> open(Parameters parameters) {
        return new HmacCodec(new Envelope(name(), keys(name(), given, parameters)));
    }

    /** Returns the keys that the builder was given, or those that a URL names. */
    static Keyring keys(String codec, @Nullable Keyring given, Parameters parameters) {
        String place = parameters.text("keys");
        if ((given == null) == (place == null)) {
            throw new ConfigException("Codec '" + codec + "' needs keys, either from the builder or as '" + codec
                    + "(keys=env:NAME)' or '" + codec + "(keys=file:PATH)'");
        }
        return given == null ? Keyring.read(String.valueOf(place)) : given;
    }
}
