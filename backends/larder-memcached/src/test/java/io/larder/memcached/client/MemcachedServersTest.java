package io.larder.memcached.client;

import static io.larder.memcached.client.MemcachedServerTest.await;
import static io.larder.memcached.client.MemcachedServerTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemcachedServersTest {

    private static final MetaFlags VALUE = MetaFlags.of("v");

    @Test
    void spreadsKeysAndGathersReplies() throws Exception {
        List<MemcachedProcess> processes =
                List.of(MemcachedProcess.tcp(), MemcachedProcess.tcp(), MemcachedProcess.tcp());
        try (IoThreads threads = IoThreads.start("memcached-io", 1)) {
            List<MemcachedServer> each = new ArrayList<>();
            List<WeightedServer> weighted = new ArrayList<>();
            for (MemcachedProcess process : processes) {
                each.add(new MemcachedServer(process.address(), ClientSettings.DEFAULT, threads));
                weighted.add(new WeightedServer(process.address(), 1));
            }
            try (MemcachedServers servers = new MemcachedServers(each, new RendezvousPlacement(weighted))) {
                List<MetaRequest> sets = new ArrayList<>();
                List<MetaRequest> gets = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    sets.add(MetaRequest.set(bytes("key" + i), bytes("value" + i), MetaFlags.NONE));
                    gets.add(MetaRequest.get(bytes("key" + i), VALUE));
                }
                for (CompletableFuture<MetaReply> set : servers.callQuietly(sets, server -> true)) {
                    assertThat(await(set).done()).isTrue();
                }
                List<CompletableFuture<MetaReply>> found = servers.callQuietly(gets, server -> true);

                for (int i = 0; i < found.size(); i++) {
                    assertThat(await(found.get(i)).value()).isEqualTo(bytes("value" + i));
                }
                for (MemcachedServer server : servers.all()) {
                    assertThat(Integer.parseInt(await(server.stats()).get("curr_items")))
                            .isBetween(50, 150);
                }
                assertThatThrownBy(() -> await(servers.call(gets.get(0), server -> false)))
                        .hasMessageContaining("'mg' of key 'key0' failed: none of ");
            }
        } finally {
            processes.forEach(MemcachedProcess::close);
        }
    }
}
