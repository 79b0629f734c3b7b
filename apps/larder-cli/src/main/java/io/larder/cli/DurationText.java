package io.larder.cli;

import io.larder.ConfigException;
import io.larder.url.Units;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as a URL writes it: {@code 90s}, {@code 1h30m}, {@code never}. */
final class DurationText implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            return Units.duration("It", text);
        } catch (ConfigException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
