package io.larder.url;

import io.larder.ConfigException;
import java.util.ArrayList;
import java.util.List;

/** The parameters that a URL may carry. Immutable. */
public record ParameterSet(List<Parameter> parameters) {

    /** No parameters. */
    public static final ParameterSet NONE = new ParameterSet(List.of());

    /** Copies the list. */
    public ParameterSet {
        parameters = List.copyOf(parameters);
    }

    /** Returns these parameters and those of {@code others}. */
    public ParameterSet and(ParameterSet others) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(others.parameters);
        return new ParameterSet(all);
    }

    /** Returns whether one of them has this name. */
    public boolean has(String name) {
        return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
    }

    /** Refuses a URL with a parameter that is not among these, naming the nearest one that is. */
    public void check(CacheUrl url) {
        check(url.parameters(), "in '" + url + "'");
    }

    void check(Parameters given, String where) {
        List<String> known = parameters.stream().map(Parameter::name).toList();
        for (String name : given.names()) {
            if (!known.contains(name)) {
                throw new ConfigException(
                        "Unknown parameter '" + name + "' " + where + "." + Nearest.hint(name, known));
            }
        }
    }
}
