package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadsTest extends OneServer {

    private static long count(String stat) {
        return Long.parseLong(String.valueOf(server.stat(stat)));
    }

    @Test
    void anEntryAndTheCachesMarkerAreReadByOneCommand() {
        cache.put("a", "1");
        long metaBefore = count("cmd_meta");
        long keysBefore = count("cmd_get");

        for (int i = 0; i < 10; i++) {
            assertThat(cache.get("a")).isEqualTo("1");
        }

        assertThat(count("cmd_meta")).isEqualTo(metaBefore);
        assertThat(count("cmd_get")).isEqualTo(keysBefore + 20);
    }
}
