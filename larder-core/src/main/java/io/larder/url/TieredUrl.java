package io.larder.url;

import io.larder.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The address of a cache: one {@link CacheUrl}, or several with a bar between them, {@code memory: | redis://host}, the nearest to the
 * callers first. Immutable.
 */
public record TieredUrl(List<CacheUrl> tiers) {

    /** A login that a bar cuts off. */
    private static final Pattern CUT_LOGIN = Pattern.compile("//([^/?@|]*:[^/?@|]*)\\|(?=.*@)", Pattern.DOTALL);

    private static final Pattern PORT = Pattern.compile(".*:\\d*(\\*\\d*)?\\s*");

    /** Copies the list. */
    public TieredUrl {
        tiers = List.copyOf(tiers);
    }

    /** Returns the tiers of {@code text}; a bar that is part of a URL is written {@code %7C}. */
    public static TieredUrl parse(String text) {
        Matcher login = CUT_LOGIN.matcher(text);
        while (login.find()) {
            if (!PORT.matcher(login.group(1)).matches()) {
                throw new ConfigException("Cannot tell where the password ends in '" + CacheUrl.masked(text)
                        + "'. Write '%7C' for '|' in it");
            }
        }
        List<CacheUrl> tiers = new ArrayList<>();
        for (String tier : text.split("\\|", -1)) {
            if (tier.isBlank() && text.indexOf('|') >= 0) {
                throw new ConfigException("There is no URL on one side of a '|' in '" + CacheUrl.masked(text)
                        + "'. Write 'memory: | redis://host', or '%7C' for a bar that is part of a URL");
            }
            tiers.add(CacheUrl.parse(tier));
        }
        return new TieredUrl(tiers);
    }

    /** Returns one of a single tier. */
    public static TieredUrl of(CacheUrl url) {
        return new TieredUrl(List.of(url));
    }

    /** Returns the tier that has everything; what concerns the whole cache is said there. */
    public CacheUrl last() {
        return tiers.get(tiers.size() - 1);
    }

    /** Returns the tiers before {@link #last}, the nearest first. */
    public List<CacheUrl> nearer() {
        return tiers.subList(0, tiers.size() - 1);
    }

    @Override
    public String toString() {
        return tiers.stream().map(CacheUrl::toString).collect(Collectors.joining(" | "));
    }
}
