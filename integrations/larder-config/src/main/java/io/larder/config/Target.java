package io.larder.config;

import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.url.CacheUrl;
import io.larder.url.Parameters;
import io.larder.url.TieredUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A URL whose parameters know where they come from. Immutable.
 *
 * @param nearer tiers in front of it, with their parameters
 * @param base the URL without its parameters
 */
record Target(List<CacheUrl> nearer, CacheUrl base, Map<String, Setting> parameters) {

    /** Where every cache could be, for what can be said of all of them. */
    static final Target NOWHERE = new Target(List.of(), CacheUrl.parse("none:"), Map.of());

    TieredUrl url() {
        List<CacheUrl> tiers = new ArrayList<>(nearer);
        tiers.add(last());
        return new TieredUrl(tiers);
    }

    /** Returns the tier that the parameters are of. */
    CacheUrl last() {
        Map<String, String> values = new LinkedHashMap<>();
        parameters.forEach((name, setting) -> values.put(name, setting.value()));
        return base.with(new Parameters(values, ""));
    }

    Target with(List<Setting> over) {
        Map<String, Setting> all = new LinkedHashMap<>(parameters);
        over.forEach(setting -> all.put(setting.name(), setting));
        return new Target(nearer, base, all);
    }

    /** Returns why this cannot work. */
    Optional<String> refusal() {
        try {
            Larder.check(url());
            return Optional.empty();
        } catch (ConfigException | IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns this with those of {@code over} that can work together, and tells of each other one why not.
     *
     * <p>Some only work beside others, as a certificate and its key do: so they are tried one by one, then in pairs, until nothing fits.
     */
    Target fitted(List<Setting> over, Mistakes mistakes) {
        Target whole = with(over);
        if (whole.refusal().isEmpty()) {
            return whole;
        }
        Target fitted = this;
        List<Setting> left = new ArrayList<>(over);
        List<Setting> taken;
        do {
            taken = fitted.fitting(left);
            fitted = fitted.with(taken);
            left.removeAll(taken);
        } while (!taken.isEmpty());
        for (Setting setting : left) {
            fitted.with(List.of(setting)).refusal().ifPresent(why -> mistakes.add(setting.where(), why));
        }
        return fitted;
    }

    private List<Setting> fitting(List<Setting> left) {
        for (Setting one : left) {
            if (with(List.of(one)).refusal().isEmpty()) {
                return List.of(one);
            }
        }
        for (Setting one : left) {
            for (Setting other : left) {
                if (with(List.of(one, other)).refusal().isEmpty()) {
                    return List.of(one, other);
                }
            }
        }
        return List.of();
    }
}
