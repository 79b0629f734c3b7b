package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.LarderException;
import io.larder.handover.EntryCopy;
import io.larder.handover.EntryCopy.Outcome;
import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of an entry that is copied, with everything that can come between. */
class EntryCopyTest {

    private final FakeClock clock = new FakeClock();
    private final Backend<String, byte[]> from = ReferenceBackend.ofBytes(clock);
    private final Backend<String, byte[]> to = ReferenceBackend.ofBytes(clock);
    private final List<LarderException> refusals = new ArrayList<>();

    private Map<String, Outcome> copy(Backend<String, byte[]> source, Backend<String, byte[]> target, String... keys) {
        return new EntryCopy<>(source, target, (String key, LarderException why) -> refusals.add(why))
                .copy(List.of(keys))
                .join();
    }

    private void put(Backend<String, byte[]> backend, String key, String value, String... tags) {
        backend.put(key, entry(value, tags), PutMode.ALWAYS).join();
    }

    private Entry<byte[]> entry(String value, String... tags) {
        long now = clock.millis();
        return new Entry<>(
                value.getBytes(StandardCharsets.UTF_8), new Lifetime(now, now + 1_000, now + 2_000), Set.of(tags));
    }

    private String text(Backend<String, byte[]> backend, String key) {
        Entry<byte[]> entry = backend.get(key).join();
        return entry == null ? null : new String(entry.value(), StandardCharsets.UTF_8);
    }

    @Test
    void anEntryKeepsItsDeadlinesAndTags() {
        put(from, "a", "1", "x");

        assertThat(copy(from, to, "a", "a")).isEqualTo(Map.of("a", Outcome.COPIED));

        Entry<byte[]> copied = to.get("a").join();
        assertThat(copied.lifetime()).isEqualTo(from.get("a").join().lifetime());
        assertThat(copied.tags()).containsExactly("x");
    }

    @Test
    void whatTheTargetHasOrLoadsStays() {
        put(from, "a", "1");
        put(from, "b", "1");
        put(to, "a", "2");
        to.getOrLease("b", "another's", LeaseTerms.TAGGED).join();

        assertThat(copy(from, to, "a", "b")).isEqualTo(Map.of("a", Outcome.TAKEN, "b", Outcome.TAKEN));

        assertThat(text(to, "a")).isEqualTo("2");
        assertThat(to.putLeased("b", entry("loaded"), new Lease<>("another's", 0))
                        .join())
                .isTrue();
    }

    @Test
    void whatIsGoneLeavesNoLeaseBehind() {
        assertThat(copy(from, to, "a")).isEqualTo(Map.of("a", Outcome.GONE));

        assertThat(to.getOrLease("a", "next", LeaseTerms.TAGGED).join()).isEqualTo(new Lease<>("next", 0));
    }

    @Test
    void whatIsInvalidatedBetweenReadingAndStoringIsNotStored() {
        put(from, "a", "1", "x");
        put(from, "b", "1");

        assertThat(copy(interrupted(() -> to.invalidateTag("x").join()), to, "a"))
                .isEqualTo(Map.of("a", Outcome.INVALIDATED));
        assertThat(copy(interrupted(() -> to.remove("b").join()), to, "b")).isEqualTo(Map.of("b", Outcome.INVALIDATED));

        assertThat(text(to, "a")).isNull();
        assertThat(text(to, "b")).isNull();
    }

    /** The source, with something happening when its entries have been read. */
    private Backend<String, byte[]> interrupted(Runnable between) {
        return new ForwardingBackend<>(from) {
            @Override
            public Reply<Map<String, Entry<byte[]>>> getAll(Collection<String> keys) {
                return super.getAll(keys).map(found -> {
                    between.run();
                    return found;
                });
            }
        };
    }

    @Test
    void whatTheTargetRefusesIsToldAndLeavesNoLeaseBehind() {
        put(from, "a", "1");
        BackendException tooLarge = BackendException.lasting("too large", null);
        Backend<String, byte[]> narrow = new ForwardingBackend<>(to) {
            @Override
            public Reply<Boolean> putLeased(String key, Entry<byte[]> entry, Lease<byte[]> lease) {
                return Reply.failed(tooLarge);
            }
        };

        assertThat(copy(from, narrow, "a")).isEqualTo(Map.of("a", Outcome.REFUSED));

        assertThat(refusals).containsExactly(tooLarge);
        assertThat(to.getOrLease("a", "next", LeaseTerms.TAGGED).join()).isEqualTo(new Lease<>("next", 0));
    }

    @Test
    void aBackendThatIsDownEndsIt() {
        FlakyBackend<String, byte[]> flaky = new FlakyBackend<>(to);
        put(from, "a", "1");
        flaky.failBefore("putLeased"::equals);

        assertThatThrownBy(() -> copy(from, flaky, "a")).isInstanceOf(BackendException.class);
    }

    @Test
    void aPatternChoosesWhatIsCopied() {
        put(from, "user:1", "1");
        put(from, "team:1", "1");

        new EntryCopy<>(from, to, (String key, LarderException why) -> refusals.add(why))
                .copy(from.keys(KeyPattern.glob("user:*")));

        assertThat(text(to, "user:1")).isEqualTo("1");
        assertThat(text(to, "team:1")).isNull();
    }
}
