package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.CacheStats;
import io.larder.CodecException;
import io.larder.EntryOptions;
import io.larder.OnError;
import io.larder.codec.StringCodec;
import io.larder.spi.Capability;
import io.larder.spi.Codec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored but cannot be decoded is a miss with an event, never an exception, and in nobody's way. */
abstract class CacheDecodingPromises extends CachePromises {

    private final Garbling codec = new Garbling();
    private final AtomicInteger loads = new AtomicInteger();
    private Cache<String, String> garbled;

    CacheDecodingPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    /** Writes what it cannot read again, when it is told to. */
    private static final class Garbling implements Codec<String, byte[]> {

        private final StringCodec texts = new StringCodec();
        private final AtomicInteger writes = new AtomicInteger();
        private volatile boolean garbles;

        @Override
        public byte[] encode(String value) {
            writes.incrementAndGet();
            byte[] bytes = texts.encode(value);
            if (garbles) {
                bytes[bytes.length / 2] = (byte) 0xFF;
            }
            return bytes;
        }

        @Override
        public String decode(byte[] encoded) {
            return texts.decode(encoded);
        }
    }

    @BeforeEach
    final void storeSomethingGarbled() {
        garbled = contract.cache("garbled", builder -> builder.codec(codec));
        garbled.put("good", "1", options());
        assumeTrue(codec.writes.get() > 0, "the backend keeps the caller's own objects, which nothing has to decode");
        putGarbled(garbled);
    }

    private void putGarbled(Cache<String, String> target) {
        codec.garbles = true;
        target.put("bad", "unreadable", options());
        codec.garbles = false;
        contract.events.clear();
    }

    private EntryOptions options() {
        return contract.capabilities().contains(Capability.TAGS) ? EntryOptions.tagged("x") : EntryOptions.DEFAULT;
    }

    private String load(String key) {
        return key + " loaded " + loads.incrementAndGet();
    }

    private void assertTold(String about) {
        assertThat(contract.events).as("events after %s", about).isNotEmpty().allSatisfy(event -> {
            assertThat(event).isInstanceOf(CacheEvent.Undecodable.class);
            assertThat(event.key()).isEqualTo("bad");
            assertThat(((CacheEvent.Undecodable) event).cause()).isInstanceOf(CodecException.class);
        });
        contract.events.clear();
    }

    @Test
    void whatCannotBeDecodedIsAMissWithAnEvent() {
        CacheStats before = garbled.stats();

        assertThat(garbled.get("bad")).isNull();
        assertTold("get");
        assertThat(garbled.find("bad")).isNull();
        assertTold("find");
        assertThat(garbled.contains("bad")).isFalse();
        assertTold("contains");
        assertThat(garbled.getAll(List.of("good", "bad", "absent"))).isEqualTo(Map.of("good", "1"));
        assertTold("getAll");

        assertThat(garbled.stats().hits() - before.hits()).isEqualTo(1);
        assertThat(garbled.stats().errors() - before.errors()).isEqualTo(4);
    }

    @Test
    void whatCannotBeDecodedIsAMissAlsoWhereFailuresAreThrown() {
        Cache<String, String> strict =
                contract.cache("strict", builder -> builder.codec(codec).onError(OnError.THROW));
        putGarbled(strict);

        assertThat(strict.get("bad")).isNull();
        assertThat(strict.getAll(List.of("bad"))).isEmpty();
        assertThat(strict.get("bad", this::load)).isEqualTo("bad loaded 1");
        assertTold("reads");
    }

    @Test
    void whatCannotBeDecodedMakesWayForALoad() {
        assertThat(garbled.get("bad", this::load)).isEqualTo("bad loaded 1");
        assertThat(garbled.get("bad", this::load)).isEqualTo("bad loaded 1");

        assertThat(garbled.get("bad")).isEqualTo("bad loaded 1");
        assertTold("get with a loader");
    }

    @Test
    void whatCannotBeDecodedMakesWayForABulkLoad() {
        assertThat(garbled.getAll(List.of("good", "bad"), keys -> Map.of("bad", "loaded for " + keys)))
                .isEqualTo(Map.of("good", "1", "bad", "loaded for [bad]"));

        assertThat(garbled.get("bad")).isEqualTo("loaded for [bad]");
        assertTold("getAll with a loader");
    }

    @Test
    void whatCannotBeDecodedIsLeftOutOfListings() {
        contract.needs(Capability.LISTING);

        assertThat(garbled.entries("*")).extracting("key").containsExactly("good");
        assertTold("entries");
        assertThat(garbled.keys("*")).containsExactlyInAnyOrder("good", "bad");
        assertThat(garbled.removeMatching("b*")).isEqualTo(1);
        assertThat(contract.events).isEmpty();
    }

    @Test
    void whatCannotBeDecodedLosesItsTagsLikeOthers() {
        contract.needs(Capability.TAGS);

        assertThat(garbled.entriesByTag("x")).extracting("key").containsExactly("good");
        assertTold("entriesByTag");
        assertThat(garbled.invalidateTag("x")).isEqualTo(2);
        assertThat(garbled.get("bad")).isNull();
        assertThat(contract.events).isEmpty();
    }

    @Test
    void whatCannotBeDecodedIsWrittenOverAndRemovedLikeOthers() {
        assertThat(garbled.expire("bad", Duration.ofHours(1))).isTrue();
        assertThat(garbled.replace("bad", "2")).isTrue();
        assertThat(garbled.get("bad")).isEqualTo("2");
        putGarbled(garbled);
        assertThat(garbled.remove("bad")).isTrue();
        assertThat(garbled.get("bad")).isNull();

        assertThat(contract.events).isEmpty();
    }
}
