package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any string is a key, and none is taken for another or for the backend's own bookkeeping. */
abstract class KeyPromises<V> extends Promises<V> {

    /** Keys that encodings, protocols and bookkeeping trip over; all differ. */
    static final List<String> ODD_KEYS = List.of(
            "",
            " ",
            "a",
            "A",
            "a ",
            " a",
            "tag:x",
            "tag:",
            "tags",
            "keys",
            "lease:a",
            "epoch",
            "x",
            "*",
            "?",
            "[a-z]",
            "[",
            "]",
            "\\",
            "\\*",
            "{a}",
            "a:b",
            "a:b:c",
            "a/b",
            "../a",
            "%41",
            "%",
            "+",
            "a\nb",
            "a\r\nb",
            "\t",
            "\0",
            "a\0b",
            "\u007f",
            "\u0085",
            "é",
            "e\u0301",
            "ß",
            "İ",
            "🦝",
            "👨‍👩‍👧",
            "\uFEFF",
            "\u2028",
            "\uFFFF",
            "\uD83E",
            "\uDD9D\uD83E",
            "null",
            "a".repeat(250),
            "a".repeat(251),
            "é".repeat(5_000),
            "k".repeat(10_000),
            "k".repeat(9_999) + "l");

    KeyPromises(BackendContract<V> contract) {
        super(contract, Capability.STORAGE);
    }

    private Map<String, Entry<V>> oddEntries() {
        Map<String, Entry<V>> entries = new LinkedHashMap<>();
        for (int i = 0; i < ODD_KEYS.size(); i++) {
            entries.put(ODD_KEYS.get(i), backend.entry("value " + i));
        }
        return entries;
    }

    @Test
    void everyKeyHasItsOwnEntry() {
        for (int i = 0; i < ODD_KEYS.size(); i++) {
            backend.put(ODD_KEYS.get(i), "value " + i);
        }

        for (int i = 0; i < ODD_KEYS.size(); i++) {
            assertThat(backend.get(ODD_KEYS.get(i))).as("at key %d", i).isEqualTo("value " + i);
        }
        for (int i = 0; i < ODD_KEYS.size(); i++) {
            assertThat(backend.remove(ODD_KEYS.get(i)))
                    .as("removal of key %d", i)
                    .isTrue();
        }
    }

    @Test
    void bulkCallsReturnTheCallersKeys() {
        backend.putAll(oddEntries());

        assertThat(backend.getAll(ODD_KEYS.toArray(String[]::new)).keySet())
                .containsExactlyInAnyOrderElementsOf(ODD_KEYS);
        assertThat(backend.removeAll(ODD_KEYS)).isEqualTo(ODD_KEYS.size());
    }

    @Test
    void listingsReturnTheKeysAsTheyWerePut() {
        contract.needs(Capability.LISTING);
        backend.putAll(oddEntries());

        assertThat(backend.keys("*")).containsExactlyInAnyOrderElementsOf(ODD_KEYS);
        for (String key : ODD_KEYS) {
            assertThat(backend.keys(KeyPattern.escape(key))).containsExactly(key);
        }
        assertThat(backend.removeMatching("*")).isEqualTo(ODD_KEYS.size());
    }

    @Test
    void noKeyIsTakenForBookkeeping() {
        contract.needs(Capability.TAGS);
        backend.putAll(oddEntries());
        for (String tag : ODD_KEYS) {
            backend.put("tagged", "1", tag);
            backend.invalidateTag(tag);
            backend.release("leased", backend.lease("leased", tag));
        }

        assertThat(backend.getAll(ODD_KEYS.toArray(String[]::new))).hasSize(ODD_KEYS.size());
        assertThat(backend.removeAll(ODD_KEYS)).isEqualTo(ODD_KEYS.size());
        backend.put("tagged", "1", "x");
        for (String key : ODD_KEYS) {
            backend.put(key, "2");
            backend.remove(key);
        }
        assertThat(backend.entriesByTag("x")).isEqualTo(Map.of("tagged", "1"));
    }
}
