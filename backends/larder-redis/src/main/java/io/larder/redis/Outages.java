package io.larder.redis;

import io.lettuce.core.event.EventBus;
import io.lettuce.core.event.connection.ConnectionActivatedEvent;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import reactor.core.Disposable;

/** Listens to a client's attempts to connect again, so that a call that is turned away can say why. */
final class Outages {

    private Outages() {}

    /** Starts to listen; whoever asks ends it, unless the client ends first. */
    static Disposable follow(EventBus events, RedisErrors errors) {
        return events.get().subscribe(event -> {
            if (event instanceof ReconnectFailedEvent failed) {
                errors.outage(failed.getCause());
            } else if (event instanceof ConnectionActivatedEvent) {
                errors.outage(null);
            }
        });
    }
}
