package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.codec.KeyCodecs;
import io.larder.layer.ForwardingBackend;
import io.larder.layer.RoutingBackend;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a cache over several backends does beside the promises of all backends. */
class RoutingTest {

    private final FakeClock clock = new FakeClock();
    private final Asked rest = new Asked();
    private final Asked sessions = new Asked();
    private final Asked guests = new Asked();
    private final Backend<String, String> routed =
            routing(Map.of("session:", sessions, "session:guest:", guests, "s", rest));

    /** A backend that notes which keys it was asked for at once. */
    private final class Asked extends ForwardingBackend<String, String> {

        final List<Set<String>> together = new ArrayList<>();

        Asked() {
            super(new ReferenceBackend<>(clock, KeyCodecs.of(String.class), Values.STRINGS.numbers()));
        }

        @Override
        public Reply<Map<String, Entry<String>>> getAll(Collection<String> keys) {
            together.add(Set.copyOf(keys));
            return super.getAll(keys);
        }

        List<String> listed() {
            return below.keys(KeyPattern.ALL).next().join();
        }
    }

    private Backend<String, String> routing(Map<String, Backend<String, String>> byPrefix) {
        return new RoutingBackend<>(KeyCodecs.of(String.class), rest, byPrefix);
    }

    private Entry<String> entry(String... tags) {
        return new Entry<>("value", Lifetime.endless(clock.millis()), Set.of(tags));
    }

    private void put(String key, String... tags) {
        routed.put(key, entry(tags), PutMode.ALWAYS).join();
    }

    @Test
    void theLongestPrefixWins() {
        List.of("session:1", "session:guest:1", "session", "s", "other", "").forEach(this::put);

        assertThat(sessions.listed()).containsExactly("session:1");
        assertThat(guests.listed()).containsExactly("session:guest:1");
        assertThat(rest.listed()).containsExactlyInAnyOrder("session", "s", "other", "");
    }

    @Test
    void aBulkCallAsksEachBackendOnceForItsOwn() {
        List.of("a", "session:1", "session:2").forEach(this::put);

        Map<String, Entry<String>> found =
                routed.getAll(List.of("session:1", "a", "session:2", "b")).join();

        assertThat(found).containsOnlyKeys("a", "session:1", "session:2");
        assertThat(rest.together).containsExactly(Set.of("a", "b"));
        assertThat(sessions.together).containsExactly(Set.of("session:1", "session:2"));
        assertThat(guests.together).isEmpty();
    }

    @Test
    void tagsPatternsAndClearVisitAll() {
        put("a", "x");
        put("session:1", "x");
        put("session:guest:1");

        assertThat(routed.invalidateTag("x").join()).isEqualTo(2);
        assertThat(routed.removeMatching(KeyPattern.glob("*:1")).join()).isEqualTo(1);
        List.of("a", "session:1", "session:guest:1").forEach(this::put);
        routed.clear().join();
        assertThat(routed.keys(KeyPattern.ALL).next().join()).isEmpty();
    }

    @Test
    void aLeaseIsLostByAnInvalidationInTheBackendOfItsKeyAndNoOther() {
        Lease<String> lease = (Lease<String>)
                routed.getOrLease("session:1", "t", LeaseTerms.TAGGED).join();
        rest.clear().join();
        assertThat(routed.putLeased("session:1", entry("x"), lease).join()).isTrue();

        Lease<String> another = (Lease<String>)
                routed.getOrLease("session:2", "t", LeaseTerms.TAGGED).join();
        routed.invalidateTag("x").join();
        assertThat(routed.putLeased("session:2", entry("x"), another).join()).isFalse();
    }

    @Test
    void whatLiesWhereItNoLongerBelongsIsNotFoundButInvalidated() {
        put("session:1", "x");
        put("a", "x");

        Backend<String, String> changed = routing(Map.of("session:1", guests, "a", sessions));

        assertThat(changed.get("session:1").join()).isNull();
        assertThat(changed.get("a").join()).isNull();
        assertThat(changed.keys(KeyPattern.ALL).next().join()).isEmpty();
        assertThat(changed.entries(KeyPattern.ALL).next().join()).isEmpty();
        assertThat(changed.entriesByTag("x").next().join()).isEmpty();
        assertThat(changed.invalidateTag("x").join()).isEqualTo(2);
        assertThat(routed.get("session:1").join()).isNull();
    }

    @Test
    void walksGoOnThroughAllBackendsAndEndForGood() {
        Set<String> keys = new TreeSet<>();
        for (int i = 0; i < 2_000; i++) {
            keys.add((i % 3 == 0 ? "session:" : "other:") + i);
        }
        keys.forEach(this::put);

        var pages = routed.keys(KeyPattern.ALL);
        List<String> walked = new ArrayList<>();
        for (List<String> page = pages.next().join();
                !page.isEmpty();
                page = pages.next().join()) {
            walked.addAll(page);
        }

        assertThat(walked).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(pages.next().join()).isEmpty();
    }

    @Test
    void canDoWhatAllCanDo() {
        Backend<String, String> poor = new ForwardingBackend<>(rest) {
            @Override
            public Set<Capability> capabilities() {
                return EnumSet.of(Capability.STORAGE, Capability.TAGS);
            }
        };

        assertThat(routing(Map.of("a", poor)).capabilities())
                .containsExactlyInAnyOrder(Capability.STORAGE, Capability.TAGS);
    }

    @Test
    void tellsOfAllTogether() {
        List.of("a", "session:1", "session:guest:1").forEach(this::put);

        BackendInfo info = routed.info().join();

        assertThat(info.entries()).isEqualTo(3);
        assertThat(info.weightBytes()).isEqualTo(BackendInfo.UNKNOWN);
        assertThat(info.address()).isEqualTo("reference: and reference: and reference:");
    }
}
