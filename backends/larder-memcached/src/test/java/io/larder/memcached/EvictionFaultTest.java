package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Larder;
import io.larder.spi.CacheScope;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.Caches;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Servers without memory to spare, which evict entries and bookkeeping alike: what is read is never older than an invalidation. */
class EvictionFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final int THREADS = 8;
    private static final int ROUNDS = 8;
    private static final int READS_PER_ROUND = 1_000;
    private static final int ITEMS_PER_FLOOD = 4_000;
    private static final int TAGS_ASKED = 20;
    private static final int LOST_AT_ONCE = 20;

    private final ItemNames names = new ItemNames(new CacheScope("", "texts", 1));

    @Test
    void noReadShowsWhatWasInvalidatedWhenTheServerEvicts() throws Exception {
        Random random = Seeds.random();
        long markersEvicted = 0;
        try (MemcachedServer server = MemcachedServer.start(Urls.SMALL.memoryMebibytes(2));
                Flood flood = new Flood(server);
                Larder larder = Larder.open(Urls.of(server) + "?timeout=20s&on-error=throw");
                VersionTraffic traffic = VersionTraffic.start(Caches.texts(larder), THREADS, random)) {
            for (int round = 0; round < ROUNDS; round++) {
                goOn(traffic);
                flood.store(ITEMS_PER_FLOOD);
                goOn(traffic);
                markersEvicted += markersMissing(server, random);
            }
            traffic.stop();

            assertThat(traffic.wrong()).as(traffic.toString()).isZero();
            assertThat(Long.parseLong(server.stat("evictions"))).isPositive();
            assertThat(markersEvicted).isPositive();
        }
    }

    @Test
    void noReadShowsWhatWasInvalidatedWhenBookkeepingIsLost() throws Exception {
        Random random = Seeds.random();
        try (MemcachedServer server = MemcachedServer.start(Urls.SMALL);
                Larder larder = Larder.open(Urls.of(server) + "?timeout=20s&on-error=throw");
                VersionTraffic traffic = VersionTraffic.start(Caches.texts(larder), THREADS, random)) {
            for (int round = 0; round < ROUNDS; round++) {
                goOn(traffic);
                for (String kind : List.of("m", "j", "t", "l", "e")) {
                    lose(server, kind, random);
                }
            }
            traffic.stop();

            assertThat(traffic.wrong()).as(traffic.toString()).isZero();
        }
    }

    private static void goOn(VersionTraffic traffic) {
        long before = traffic.reads();
        Await.until("reads go on", WAIT_MAX, () -> traffic.reads() > before + READS_PER_ROUND || traffic.hasFailed());
    }

    /** Asks for the markers of some tags, of which by now each has been used. */
    private long markersMissing(MemcachedServer server, Random random) {
        long missing = 0;
        for (int i = 0; i < TAGS_ASKED; i++) {
            String tag = VersionTraffic.sharedTag(random);
            String name = new String(names.tagMarker(tag), StandardCharsets.US_ASCII);
            missing += server.ask("mg " + name + " s").get(0).startsWith("EN") ? 1 : 0;
        }
        return missing;
    }

    /** Deletes some items whose names go on like this: markers, journals, lists, entries and holes. */
    private static void lose(MemcachedServer server, String kind, Random random) {
        String start = "larder::texts:1:" + kind;
        List<String> found = new ArrayList<>();
        for (String line : dump(server)) {
            String name = URLDecoder.decode(
                    line.replaceFirst("^key=", "").replaceFirst(" .*", ""), StandardCharsets.US_ASCII);
            if (name.startsWith(start)) {
                found.add(name);
            }
        }
        Collections.shuffle(found, random);
        assertThat(found).as("items of kind '%s'", kind).isNotEmpty();
        found.stream().limit(LOST_AT_ONCE).forEach(name -> server.ask("md " + name));
    }

    /** It lists for one at a time, and the cache lists where a list is lost. */
    private static List<String> dump(MemcachedServer server) {
        List<String> lines = new ArrayList<>();
        Await.until(
                "the server lists its items", WAIT_MAX, () -> lines.addAll(server.ask("lru_crawler metadump hash")));
        return lines;
    }
}
