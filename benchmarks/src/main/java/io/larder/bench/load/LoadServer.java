package io.larder.bench.load;

import io.larder.testkit.servers.ServerProcess;
import java.time.Duration;

/**
 * The server under measurement.
 *
 * @param ttlShort one that it keeps to, for seeing an entry expire
 * @param clear removes everything from it
 */
public record LoadServer(ServerProcess process, Duration ttlShort, Runnable clear) {}
