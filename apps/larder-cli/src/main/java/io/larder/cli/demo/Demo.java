package io.larder.cli.demo;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.EntryOptions;
import io.larder.Larder;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Puts a cache in front of a database and shows, step by step, what that changes. */
public final class Demo {

    /** As many orders as it takes to have a few teams. */
    public static final int ROWS_MIN = 5_000;

    private static final int CALLERS = 1_000;
    private static final int WARM_UP_QUERIES = 300;
    private static final Duration WARM_UP_HITS = Duration.ofMillis(200);
    private static final int HITS = 1_001;
    private static final Duration TTL_SHORT = Duration.ofMillis(200);
    private static final Duration MIX_TIME_MAX = Duration.ofSeconds(3);
    private static final long POLL_NANOS = 50_000;

    private final Cache<Integer, SpendingReport> cache;
    private final String address;
    private final Screen screen;

    /** Makes one that caches in {@code larder}, and prints with colours on a terminal. */
    public Demo(Larder larder, @Nullable String namespace, PrintWriter out, boolean terminal) {
        CacheBuilder<Integer, SpendingReport> builder =
                larder.cache("demo-reports", Integer.class, SpendingReport.class);
        if (namespace != null) {
            builder.namespace(namespace);
        }
        this.cache = builder.ttl(Duration.ofMinutes(5)).build();
        this.address = cache.stats().backend().address();
        this.screen = new Screen(out, terminal);
    }

    /** Makes {@code rows} orders, and shows all steps; the last one with {@code reads} reads. */
    public void run(int rows, int reads) {
        cache.ping();
        cache.clear();
        StopClock clock = StopClock.start();
        try (Orders orders = new Orders(rows)) {
            screen.text(String.format(
                    Locale.ROOT,
                    "A cache on %s in front of H2: %,d orders of %,d users, made in %s.",
                    address,
                    rows,
                    orders.users(),
                    Screen.time(clock.nanos())));
            screen.text(String.format(
                    Locale.ROOT,
                    "Asked is what a user spends per category, beside the team of %d: a join over about %,d orders.",
                    Orders.TEAM_SIZE,
                    Orders.TEAM_SIZE * Orders.ORDERS_PER_USER));
            warmUp(orders);
            coldRead(orders, 7);
            hit(orders, 7);
            manyCallers(orders, 8);
            invalidation(orders, 9);
            expiry(orders, 10);
            readMix(orders, reads);
            whatNext();
        } finally {
            cache.clear();
        }
    }

    /** Gives the compiler its time before anything is measured. */
    private void warmUp(Orders orders) {
        for (int i = 0; i < WARM_UP_QUERIES; i++) {
            orders.report(1 + i % orders.users());
        }
        StopClock clock = StopClock.start();
        while (clock.nanos() < WARM_UP_HITS.toNanos()) {
            read(orders, 1);
        }
        cache.invalidateTag(orders.teamTag(1));
        Callers.run(CALLERS, () -> read(orders, 1));
        cache.clear();
    }

    private void coldRead(Orders orders, int userId) {
        screen.step("A cold read asks the database");
        measure("get(" + userId + ", loader)", orders, () -> read(orders, userId));
    }

    private void hit(Orders orders, int userId) {
        screen.step("The same read again is a hit");
        long queriesBefore = orders.queries();
        long[] nanos = new long[HITS];
        for (int i = 0; i < HITS; i++) {
            StopClock clock = StopClock.start();
            read(orders, userId);
            nanos[i] = clock.nanos();
        }
        Arrays.sort(nanos);
        screen.measured(
                "get(" + userId + ", loader)",
                nanos[HITS / 2],
                Screen.queries(orders.queries() - queriesBefore)
                        + String.format(Locale.ROOT, ", median of %,d hits", HITS));
    }

    private void manyCallers(Orders orders, int userId) {
        screen.step(String.format(Locale.ROOT, "%,d callers at once on one cold key share one load", CALLERS));
        long queriesBefore = orders.queries();
        long nanos = Callers.run(CALLERS, () -> read(orders, userId));
        screen.measured("until each has the answer", nanos, Screen.queries(orders.queries() - queriesBefore));
    }

    private void invalidation(Orders orders, int userId) {
        screen.step("A change invalidates what it touches, by tag");
        List<Integer> team = orders.team(userId);
        team.forEach(member -> read(orders, member));
        long centsBefore = read(orders, userId).totalCents();
        orders.order(userId, 1, 1);

        String tag = orders.teamTag(userId);
        StopClock clock = StopClock.start();
        long removed = cache.invalidateTag(tag);
        screen.measured("invalidateTag(\"" + tag + "\")", clock.nanos(), removed + " entries, a whole team");
        measure("get(" + userId + ", loader)", orders, () -> read(orders, userId));
        screen.text(String.format(
                Locale.ROOT,
                "   The user had spent %,.2f; an order later the cache says %,.2f.",
                centsBefore / 100.0,
                read(orders, userId).totalCents() / 100.0));
    }

    private void expiry(Orders orders, int userId) {
        screen.step("An entry lives as long as its ttl");
        SpendingReport report = orders.report(userId);
        StopClock clock = StopClock.start();
        cache.put(userId, report, EntryOptions.ttl(TTL_SHORT));
        while (cache.get(userId) != null) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        screen.measured("gone after", clock.nanos(), "with a ttl of " + TTL_SHORT.toMillis() + " ms");
        measure("get(" + userId + ", loader)", orders, () -> read(orders, userId));
    }

    private void readMix(Orders orders, int reads) {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        screen.step("The same reads without the cache and with it, at first empty");
        screen.mixHead();
        ReadMix mix = new ReadMix(reads, orders.users());

        long queriesBefore = orders.queries();
        ReadMix.Result without = mix.run(orders::report, threads, MIX_TIME_MAX);
        screen.mix("database alone", without, orders.queries() - queriesBefore);

        cache.clear();
        queriesBefore = orders.queries();
        ReadMix.Result with = mix.run(userId -> read(orders, userId), threads, MIX_TIME_MAX);
        screen.mix("through Larder", with, orders.queries() - queriesBefore);

        screen.text(String.format(
                Locale.ROOT,
                "   %,.0f times the reads per second, on %d threads, users drawn by Zipf's law. Rows stop after %d s.",
                with.readsPerSecond() / without.readsPerSecond(),
                threads,
                MIX_TIME_MAX.toSeconds()));
    }

    private void whatNext() {
        screen.text("");
        screen.text("Next: bin/larder --url 'memory:?max=500' demo    the same with too little room");
        screen.text("      bin/larder shell                           try it by hand, 'help' lists the verbs");
        screen.text("      README.md                                  ten lines of Java");
    }

    private SpendingReport read(Orders orders, int userId) {
        SpendingReport report = cache.get(userId, orders::report, EntryOptions.tagged(orders.teamTag(userId)));
        if (report == null) {
            throw new IllegalStateException("The cache answered null for user " + userId + ", the database never does");
        }
        return report;
    }

    private void measure(String what, Orders orders, Runnable work) {
        long queriesBefore = orders.queries();
        StopClock clock = StopClock.start();
        work.run();
        long nanos = clock.nanos();
        screen.measured(what, nanos, Screen.queries(orders.queries() - queriesBefore));
    }
}
