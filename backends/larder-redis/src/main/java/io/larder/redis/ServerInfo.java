package io.larder.redis;

import io.larder.spi.BackendInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what the INFO command answers: lines of {@code name:value}. */
final class ServerInfo {

    private static final List<String> TOLD = List.of(
            "redis_version",
            "redis_mode",
            "role",
            "connected_slaves",
            "connected_clients",
            "used_memory_human",
            "maxmemory_human",
            "maxmemory_policy");

    private ServerInfo() {}

    static BackendInfo of(String address, String text) {
        Map<String, String> all = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                all.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        Map<String, String> told = new LinkedHashMap<>();
        TOLD.forEach(name -> {
            if (all.containsKey(name)) {
                told.put(name.replace('_', '-'), all.getOrDefault(name, ""));
            }
        });
        return new BackendInfo(address, BackendInfo.UNKNOWN, BackendInfo.UNKNOWN, BackendInfo.UNKNOWN, told);
    }
}
