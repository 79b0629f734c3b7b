package io.larder.memcached.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final Pattern PAIR = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*:\\s*(\\d+|\"[^\"]*\")");

    private static List<WeightedServer> servers(String list) {
        List<WeightedServer> servers = new ArrayList<>();
        for (String each : list.split(",", -1)) {
            int weightAt = each.lastIndexOf(':');
            int portAt = each.lastIndexOf(':', weightAt - 1);
            String host = each.substring(0, portAt);
            int port = Integer.parseInt(each.substring(portAt + 1, weightAt));
            servers.add(new WeightedServer(
                    port == 0 ? ServerAddress.unix(Path.of(host)) : ServerAddress.tcp(host, port),
                    Integer.parseInt(each.substring(weightAt + 1))));
        }
        return servers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String resource(String name) {
        try (InputStream in = PlacementTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Flat objects of numbers or strings, and no more of JSON than that. */
    private static Map<String, String> object(String json, String name) {
        int from = json.indexOf("\"" + name + "\": {");
        Map<String, String> pairs = new LinkedHashMap<>();
        var matcher = PAIR.matcher(json.substring(json.indexOf('{', from), json.indexOf('}', from)));
        while (matcher.find()) {
            StringBuilder key = new StringBuilder();
            var escape = Pattern.compile("\\\\u([0-9a-f]{4})").matcher(matcher.group(1));
            while (escape.find()) {
                escape.appendReplacement(key, String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
            }
            pairs.put(escape.appendTail(key).toString(), matcher.group(2).replace("\"", ""));
        }
        return pairs;
    }

    @Test
    void hashesAsPymemcacheDoes() {
        Map<String, String> hashes = object(resource("pymemcache_rendezvous.json"), "murmur3_32");

        assertThat(hashes).hasSize(56);
        hashes.forEach((key, hash) ->
                assertThat(Murmur3.hash(key.codePoints().toArray())).as(key).isEqualTo(Long.parseLong(hash)));
    }

    @Test
    void placesKeysWherePymemcacheDoes() {
        List<WeightedServer> servers = servers("10.0.0.1:11211:1,10.0.0.2:11211:1,10.0.0.3:11212:1");
        Placement placement = new RendezvousPlacement(servers);
        Map<String, String> places = object(resource("pymemcache_rendezvous.json"), "rendezvous");

        assertThat(places).hasSize(56);
        places.forEach((key, server) -> assertThat(
                        servers.get(placement.serverOf(bytes(key))).address())
                .as(key)
                .hasToString(server));
    }

    @Test
    void placesKeysWhereLibmemcachedDoes() throws IOException {
        int checked = 0;
        Placement placement = (key, usable) -> -1;
        String ring = "";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                PlacementTest.class.getResourceAsStream("libmemcached_places.txt"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("=")) {
                    ring = words[1];
                    placement = libmemcached(ring, servers(words[2]));
                } else if (!words[0].equals("#")) {
                    byte[] key = HexFormat.of().parseHex(words[0]);
                    assertThat(placement.serverOf(key))
                            .as("%s, key %s", ring, new String(key, StandardCharsets.UTF_8))
                            .isEqualTo(Integer.parseInt(words[1]));
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(7 * 206);
    }

    private static Placement libmemcached(String ring, List<WeightedServer> servers) {
        if (ring.startsWith("ketama-weighted")) {
            return KetamaPlacement.weighted(servers);
        }
        return ring.startsWith("ketama") ? KetamaPlacement.plain(servers) : new ModuloPlacement(servers);
    }

    @Test
    void weightsShareKeys() {
        List<WeightedServer> servers = servers("a:11211:1,b:11211:3,c:11211:4");
        for (Placement placement : List.of(new RendezvousPlacement(servers), KetamaPlacement.weighted(servers))) {
            int[] counts = new int[3];

            for (int i = 0; i < 20_000; i++) {
                counts[placement.serverOf(bytes("key:" + i))]++;
            }

            boolean ring = placement instanceof KetamaPlacement;
            assertThat(counts[0] / 20_000.0).isCloseTo(1 / 8.0, within(ring ? 0.05 : 0.01));
            assertThat(counts[1] / 20_000.0).isCloseTo(3 / 8.0, within(ring ? 0.08 : 0.015));
        }
    }

    @Test
    void unusableServersMoveOnlyTheirOwnKeys() {
        List<WeightedServer> servers = servers("a:11211:1,b:11211:2,c:11211:1");
        for (Placement placement : List.of(
                new RendezvousPlacement(servers), KetamaPlacement.weighted(servers), new ModuloPlacement(servers))) {
            for (int i = 0; i < 2_000; i++) {
                byte[] key = bytes("key:" + i);
                int all = placement.serverOf(key);

                int without = placement.serverOf(key, server -> server != 1);

                assertThat(without).isNotEqualTo(1).isIn(0, 2);
                assertThat(all == 1 || without == all).isTrue();
            }
            assertThat(placement.serverOf(bytes("k"), server -> false)).isEqualTo(-1);
        }
    }
}
