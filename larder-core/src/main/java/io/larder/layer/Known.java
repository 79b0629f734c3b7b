package io.larder.layer;

import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A layer, or a backend, that can tell some of {@link Backend#info} without asking anybody. */
public interface Known {

    /** Returns what is known of each backend that {@code backend} is or asks: of one in this process all, of others what is known. */
    static List<BackendInfo> of(Backend<?, ?> backend) {
        if (backend instanceof Known layer) {
            return layer.known();
        }
        boolean here = backend.capabilities().contains(Capability.LOCAL);
        return List.of(here ? backend.info().join() : BackendInfo.of(""));
    }

    /** Returns what is told of several backends that keep one cache, as of one. */
    static BackendInfo together(List<BackendInfo> infos) {
        if (infos.size() == 1) {
            return infos.get(0);
        }
        Map<String, String> details = new TreeMap<>();
        for (BackendInfo info : infos) {
            String of = info.equals(infos.get(0)) ? "" : " of " + info.address();
            info.details().forEach((name, detail) -> details.put(name + of, detail));
        }
        return new BackendInfo(
                infos.stream().map(BackendInfo::address).collect(Collectors.joining(" and ")),
                sum(infos, BackendInfo::entries),
                sum(infos, BackendInfo::evictions),
                sum(infos, BackendInfo::weightBytes),
                details);
    }

    private static long sum(List<BackendInfo> infos, Function<BackendInfo, Long> count) {
        List<Long> counts = infos.stream().map(count).toList();
        return counts.contains(BackendInfo.UNKNOWN)
                ? BackendInfo.UNKNOWN
                : counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Returns what is known of each backend at or below this layer. */
    List<BackendInfo> known();
}
