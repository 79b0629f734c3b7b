package io.larder;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WarningLogTest {

    private static final Logger LOGGER = Logger.getLogger("io.larder");

    private final List<String> lines = new ArrayList<>();
    private final HandClock clock = new HandClock(0);
    private final WarningLog log = new WarningLog(clock);
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    private static CacheEvent readFailed(String cache) {
        return new CacheEvent.ReadFailed(cache, "key", BackendException.passing("down", null));
    }

    @Test
    void saysOnceAMinuteHowOftenItHappened() {
        for (int i = 0; i < 5; i++) {
            log.on(readFailed("users"));
        }
        clock.advance(Duration.ofSeconds(59));
        log.on(readFailed("users"));
        assertThat(lines).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        log.on(readFailed("users"));

        assertThat(lines)
                .containsExactly(
                        "Cache 'users': Reads are answered as misses (1 since the last such line): io.larder.BackendException: down",
                        "Cache 'users': Reads are answered as misses (6 since the last such line): io.larder.BackendException: down");
    }

    @Test
    void cachesAndKindsAreToldApart() {
        log.on(readFailed("users"));
        log.on(readFailed("teams"));
        log.on(new CacheEvent.Undecodable("users", "key", new CodecException("broken", null)));
        log.on(new CacheEvent.StoreFailed("users", "key", BackendException.passing("down", null)));

        assertThat(lines).hasSize(4);
    }

    @Test
    void whatTheCallerIsToldOrWasMeantIsNoWarning() {
        log.on(new CacheEvent.LoadFailed("users", "key", new IllegalStateException()));
        log.on(new CacheEvent.LoadDropped("users", "key"));

        assertThat(lines).isEmpty();
    }
}
