package io.larder.docs;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.OnError;
import io.larder.Stampede;
import io.larder.TypeRef;
import io.larder.codec.StringCodec;
import io.larder.pickle.PickleProvider;
import io.larder.spi.BackendProvider;
import io.larder.spi.Capability;
import io.larder.testkit.InvalidationMatrix;
import io.larder.testkit.InvalidationMatrix.Invalidation;
import io.larder.testkit.InvalidationMatrix.Load;
import io.larder.testkit.InvalidationMatrix.Outcome;
import io.larder.testkit.ReferenceProvider;
import io.larder.testkit.View;
import io.larder.testkit.faults.FaultTrial;
import io.larder.testkit.history.Event.Kind;
import io.larder.testkit.history.HistoryChecker.Report;
import io.larder.testkit.history.HistoryTrial;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.MutantTrial;
import io.larder.testkit.trials.StopClock;
import io.larder.testkit.trials.TierHistory;
import io.larder.testkit.trials.TierHistoryProcess;
import io.larder.testkit.trials.TrialRow;
import io.larder.url.CacheUrl;
import io.larder.url.Parameters;
import io.larder.url.TieredUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Repeats the proofs for longer than the tests do, and prints one table: {@code bin/prove [--quick] [what …]}. */
final class ProveMain {

    private static final List<String> ALL = List.of(
            "faults", "pickle", "reference", "memory", "tiers", "tiers-processes", "disk", "redis", "memcached");
    private static final int SHARE_OF_QUICK = 50;
    private static final int FAULT_SEEDS = 10_000;
    private static final int PICKLES = 1_000_000;
    private static final Path PICKLES_FILE =
            Path.of("codecs/larder-pickle/src/test/resources/io/larder/pickle/golden.txt");
    private static final int HISTORY_ROUNDS = 30;
    private static final int HISTORY_CALLS = 1_000_000;
    private static final int TIER_SECONDS = 1_800;
    private static final int TIER_CALLS = 150_000;
    private static final int MATRIX_TRIES = 1_000;
    /** Each try asks a server some fifty times. */
    private static final int MATRIX_TRIES_ON_SERVERS = 500;

    private static final String SERVER_PARAMETERS = "?clock-skew=1h&timeout=10s&lease=60s";

    private final boolean quick;
    private final long seed = Long.getLong("larder.seed", new Random().nextInt(Integer.MAX_VALUE));
    private int wrong;

    private ProveMain(boolean quick) {
        this.quick = quick;
    }

    public static void main(String[] args) throws Exception {
        List<String> wanted = new ArrayList<>(List.of(args));
        boolean quick = wanted.remove("--quick");
        if (!ALL.containsAll(wanted)) {
            System.err.println("usage: bin/prove [--quick] [" + String.join("] [", ALL) + "]");
            System.exit(2);
        }
        // Larder warns of what fails, which some of this is about.
        LogManager.getLogManager().reset();
        ProveMain prove = new ProveMain(quick);
        System.out.println("Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors()
                + " cores, -Dlarder.seed=" + prove.seed + "\n");
        System.out.println(prove.row("what", "on", "tried", "reads", "wrong").head());
        for (String what : wanted.isEmpty() ? ALL : wanted) {
            prove.prove(what);
        }
        System.exit(prove.wrong == 0 ? 0 : 1);
    }

    private void prove(String what) throws Exception {
        switch (what) {
            case "faults" -> faults();
            case "pickle" -> pickles();
            case "reference" ->
                onBackend(what, "reference:", ReferenceProvider.shared(below -> below), true, MATRIX_TRIES);
            case "memory" -> onBackend(what, "memory:", provider("memory:"), false, MATRIX_TRIES);
            case "tiers" -> {
                ReferenceProvider told = ReferenceProvider.watched(below -> below);
                onBackend(
                        "memory before a backend that tells of changes",
                        "memory:?max=10k | reference:",
                        told,
                        true,
                        MATRIX_TRIES);
            }
            case "tiers-processes" -> tierHistories();
            case "disk" -> onDisk();
            case "redis" -> {
                try (RedisServer server = RedisServer.start()) {
                    String url = "redis://" + server.address() + SERVER_PARAMETERS;
                    onBackend(
                            "Redis " + server.info("redis_version"), url, provider(url), true, MATRIX_TRIES_ON_SERVERS);
                }
            }
            default -> {
                try (MemcachedServer server = MemcachedServer.start()) {
                    String url = "memcached://" + server.address() + SERVER_PARAMETERS;
                    onBackend("memcached " + server.stat("version"), url, provider(url), true, MATRIX_TRIES_ON_SERVERS);
                }
            }
        }
    }

    private void onDisk() throws Exception {
        Path folder = Files.createTempDirectory("larder-prove");
        try {
            String url = "disk:" + folder + "?timeout=10s&sync=off";
            onBackend("disk", url, provider(url), true, MATRIX_TRIES_ON_SERVERS);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void onBackend(String name, String url, BackendProvider provider, boolean shared, int tries)
            throws Exception {
        matrix(name, url, provider, shared, tries);
        history(name, url, provider, shared);
    }

    private static BackendProvider provider(String url) {
        String scheme = CacheUrl.parse(url).scheme();
        return ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.schemes().contains(scheme))
                .findFirst()
                .orElseThrow();
    }

    private int scaled(int count) {
        return quick ? Math.max(1, count / SHARE_OF_QUICK) : count;
    }

    private void faults() {
        int seeds = scaled(FAULT_SEEDS);
        long calls = 0;
        long faults = 0;
        long reads = 0;
        List<String> found = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            FaultTrial.Outcome outcome = FaultTrial.run(seed + i);
            calls += outcome.calls();
            faults += outcome.faults();
            reads += outcome.events().stream()
                    .filter(event -> event.kind() == Kind.READ)
                    .count();
            if (!outcome.isRight()) {
                found.add("faults of -Dlarder.seed=" + (seed + i) + ": " + outcome.violations() + ", stuck "
                        + outcome.stuck() + ", waiting " + outcome.waiting());
            }
        }
        String tried = String.format(Locale.ROOT, "%,d seeds, %,d faults, %,d calls", seeds, faults, calls);
        tell("random faults", "simulated programs and server", tried, reads, found);
    }

    private void pickles() {
        List<byte[]> pickles = ProjectTree.text(PICKLES_FILE)
                .lines()
                .map(line -> HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
        MutantTrial.Outcome outcome = MutantTrial.run(
                new PickleProvider().open(TypeRef.of(Object.class), Parameters.NONE), pickles, scaled(PICKLES), seed);
        String tried =
                String.format(Locale.ROOT, "%,d, of which %,d are pickles still", scaled(PICKLES), outcome.decoded());
        tell("altered and mixed pickles", "codec=pickle", tried, scaled(PICKLES), outcome.found());
    }

    private void matrix(String name, String url, BackendProvider provider, boolean shared, int tries)
            throws InterruptedException {
        for (Load load : Load.values()) {
            String what = "invalidations between the steps of a load: "
                    + load.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            long reads = 0;
            int cells = 0;
            List<String> found = new ArrayList<>();
            for (View view : View.values()) {
                InvalidationMatrix matrix =
                        new InvalidationMatrix(url, provider, view, shared, EnumSet.allOf(Capability.class));
                for (Invalidation invalidation : Invalidation.values()) {
                    if (matrix.whyNot(invalidation, load) == null) {
                        Outcome outcome = matrix.run(invalidation, load, scaled(tries), seed);
                        reads += outcome.reads();
                        cells++;
                        found.addAll(outcome.staleReads());
                    }
                }
            }
            String tried = cells == 0
                    ? "there is none: " + whyNot(url, provider, shared, load)
                    : String.format(Locale.ROOT, "%d cells, %,d times each", cells / 2, 2 * scaled(tries));
            tell(what, name, tried, reads, found);
        }
    }

    private static @Nullable String whyNot(String url, BackendProvider provider, boolean shared, Load load) {
        return new InvalidationMatrix(url, provider, View.SYNC, shared, EnumSet.allOf(Capability.class))
                .whyNot(Invalidation.REMOVE, load);
    }

    private void history(String name, String url, BackendProvider provider, boolean shared) throws Exception {
        int rounds = scaled(HISTORY_ROUNDS);
        Report sum = null;
        for (int round = 0; round < rounds; round++) {
            View view = List.of(View.values()).get(round % 2);
            try (Larder one = Larder.builder(url).provider(provider).build();
                    Larder other = Larder.builder(url).provider(provider).build()) {
                List<Cache<String, String>> caches = new ArrayList<>(List.of(open(one, view)));
                if (shared) {
                    caches.add(open(other, view));
                }
                HistoryTrial trial =
                        HistoryTrial.STANDARD.withCalls(HISTORY_CALLS).withSeed(seed + round);
                boolean tiers = !TieredUrl.parse(url).nearer().isEmpty();
                Report report = (tiers ? trial.ofTiers() : trial).run(caches);
                sum = sum == null ? report : sum.plus(report);
            }
        }
        String tried = String.format(Locale.ROOT, "%,d calls in %d rounds", (long) rounds * HISTORY_CALLS, rounds);
        tell("histories", name, tried, sum == null ? 0 : sum.reads(), sum == null ? List.of() : sum.violations());
    }

    private void tierHistories() throws Exception {
        StopClock clock = StopClock.start();
        TierHistory.Outcome outcome =
                TierHistories.run(TierHistoryProcess.class, TIER_CALLS, seed, Duration.ofSeconds(scaled(TIER_SECONDS)));
        String tried = String.format(
                Locale.ROOT,
                "%,d calls in %d rounds, %.1f min",
                outcome.calls(),
                outcome.rounds(),
                clock.millis() / 60e3);
        String on = "memory before Redis in " + outcome.programs() + " processes, " + outcome.coherence();
        tell("histories", on, tried, outcome.report().reads(), outcome.report().violations());
    }

    private static Cache<String, String> open(Larder larder, View view) {
        return view.cache(larder.cache("history", String.class, String.class)
                .codec(new StringCodec())
                .stampede(view == View.SYNC ? Stampede.PROCESS : Stampede.FLEET)
                .onError(OnError.THROW)
                .build());
    }

    private void tell(String what, String on, String tried, long reads, List<String> found) {
        System.out.println(
                row(what, on, tried, String.format(Locale.ROOT, "%,d", reads), String.valueOf(found.size())));
        found.stream().limit(3).forEach(System.err::println);
        wrong += found.size();
    }

    private TrialRow row(String what, String on, String tried, String reads, String wrongs) {
        return new TrialRow()
                .with("what", what)
                .with("on", on)
                .with("tried", tried)
                .with("reads checked", reads)
                .with("wrong", wrongs);
    }
}
