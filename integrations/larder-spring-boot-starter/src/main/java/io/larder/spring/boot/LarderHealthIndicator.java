package io.larder.spring.boot;

import io.larder.BackendHealth;
import io.larder.HealthDetails;
import io.larder.Larder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Looks at each backend of a {@link Larder}: a ping, and an entry that is put, read and removed. Blocks, for a few times the backend's timeout
 * at most. A backend that works, but not as it should, is up, with its problems.
 */
final class LarderHealthIndicator implements HealthIndicator {

    private final Larder larder;

    LarderHealthIndicator(Larder larder) {
        this.larder = larder;
    }

    @Override
    public Health health() {
        HealthDetails found = larder.healthDetails();
        Health.Builder health = found.health().status() == io.larder.Health.Status.DOWN ? Health.down() : Health.up();
        for (BackendHealth backend : found.backends()) {
            health.withDetail(backend.info().address(), millis(backend.ping()));
        }
        if (!found.health().problems().isEmpty()) {
            health.withDetail("problems", found.health().problems());
        }
        return health.build();
    }

    private static String millis(@Nullable Duration ping) {
        return ping == null ? "no answer" : "answered within " + ping.toMillis() + " ms";
    }
}
