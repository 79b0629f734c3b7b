package io.larder.bench.load;

import io.larder.bench.report.Machine;

/**
 * What a run was measured on.
 *
 * @param server its name
 * @param machine which server and clients share, with the JVM of the clients
 */
public record LoadPlace(String server, String serverVersion, Machine machine) {

    String text() {
        return server + " " + serverVersion + " on " + machine.text();
    }
}
