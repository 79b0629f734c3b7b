package io.larder.docs;

import io.larder.testkit.servers.Python;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Python processes that do to one server what the five caches were seen to do: docs/src/test/python/peers.py. Immutable. */
final class PeerScript {

    /** What Python puts. To be compared as text: JSON is read as decimals. */
    static final Map<String, Object> VALUE = new LinkedHashMap<>();

    /** What Python prints of it. */
    static final String PRINTED = "{'name': 'Ann', 'n': 42, 'l': [1, 2.5, None, True], 'u': 'é☃'}";

    static {
        VALUE.put("name", "Ann");
        VALUE.put("n", 42);
        VALUE.put("l", Arrays.asList(1, 2.5, null, true));
        VALUE.put("u", "é☃");
    }

    private final Python python = Python.with("redis", "pymemcache", "msgpack", "zstandard");
    private final String script = ProjectTree.text(Path.of("docs/src/test/python/peers.py"));
    private final int port;

    /** Makes one for the server at {@code port}, or skips the test. */
    PeerScript(int port) {
        this.port = port;
    }

    /** Runs one function of the script, and returns the lines that it printed. */
    List<String> run(String function, String... arguments) {
        List<String> all = new ArrayList<>(List.of(function, String.valueOf(port)));
        all.addAll(List.of(arguments));
        return python.run(script, all.toArray(String[]::new));
    }
}
