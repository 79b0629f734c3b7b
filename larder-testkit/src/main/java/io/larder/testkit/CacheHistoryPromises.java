package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.OnError;
import io.larder.Stampede;
import io.larder.spi.Capability;
import io.larder.testkit.history.HistoryChecker.Report;
import io.larder.testkit.history.HistoryTrial;
import io.larder.url.TieredUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many callers are told has an order that explains it. */
abstract class CacheHistoryPromises extends CachePromises {

    /** What was wrong in this JVM; a repetition of the test that happens to be right does not excuse it. */
    private static final Set<String> VIOLATIONS = ConcurrentHashMap.newKeySet();

    CacheHistoryPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    /** Two programs where there can be two; who waits for the loads of the other differs from view to view. */
    @Test
    @Timeout(300)
    void everyReadIsExplainedByTheWritesThatOverlapIt() throws Exception {
        Set<Capability> capabilities = contract.capabilities();
        HistoryTrial trial = HistoryTrial.STANDARD
                .withCalls(Integer.getInteger("larder.history.calls", contract.historyCalls()))
                .withSeed(Seed.next())
                .with(capabilities.contains(Capability.TAGS), capabilities.contains(Capability.LISTING));
        trial = TieredUrl.parse(contract.url()).nearer().isEmpty() ? trial : trial.ofTiers();
        List<Cache<String, String>> caches = new ArrayList<>(List.of(open(contract.larder())));
        Report report;
        if (contract.isShared()) {
            try (Larder another = contract.another().build()) {
                caches.add(open(another));
                report = trial.run(caches);
            }
        } else {
            report = trial.run(caches);
        }

        System.out.println(contract.url() + ", " + contract.view + ", " + trial.calls() + " calls: " + report);
        for (String violation : report.violations()) {
            VIOLATIONS.add(Seed.replay(trial.seed()) + ": " + violation);
        }
        assertThat(VIOLATIONS).isEmpty();
    }

    private Cache<String, String> open(Larder larder) {
        Stampede stampede = contract.view == View.SYNC ? Stampede.PROCESS : Stampede.FLEET;
        return contract.view.cache(CacheContract.texts(larder, "history")
                .stampede(stampede)
                .onError(OnError.THROW)
                .build());
    }
}
