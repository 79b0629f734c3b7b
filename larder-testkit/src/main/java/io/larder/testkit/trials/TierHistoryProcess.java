package io.larder.testkit.trials;

import static java.util.Objects.requireNonNull;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.OnError;
import io.larder.Stampede;
import io.larder.codec.StringCodec;
import io.larder.testkit.history.EventFile;
import io.larder.testkit.history.HistoryChecker.Due;
import io.larder.testkit.history.HistoryTrial;
import io.larder.testkit.history.Marks;
import io.larder.testkit.servers.Await;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * A program of a {@link TierHistory}: {@code <number>}. To {@code time} it says what its clock shows, {@code open <url>} is answered by what
 * its statistics call the coherence, and {@code play <threads> <keys> <calls> <seed> <file>} by {@code played}.
 */
public final class TierHistoryProcess {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final UnaryOperator<LarderBuilder> change;
    private final Marks marks;
    private @Nullable Opened opened;

    private TierHistoryProcess(int number, UnaryOperator<LarderBuilder> change) {
        this.change = change;
        this.marks = Marks.ofProgram(number, StopClock::sharedNanos);
    }

    /** Serves until its input ends. */
    public static void main(String[] args) throws Exception {
        run(args, builder -> builder);
    }

    /** Is a whole {@code main} of a program whose Larders are built otherwise. */
    public static void run(String[] args, UnaryOperator<LarderBuilder> change) throws Exception {
        LogManager.getLogManager().reset();
        TierHistoryProcess process = new TierHistoryProcess(Integer.parseInt(args[0]), change);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(process.obey(line.split(" ", 2)));
        }
        System.exit(0);
    }

    private String obey(String[] order) throws Exception {
        return switch (order[0]) {
            case "time" -> "time " + StopClock.sharedNanos();
            case "open" -> {
                opened = Opened.with(change.apply(Larder.builder(order[1])));
                yield "opened " + opened.coherence();
            }
            default -> {
                play(requireNonNull(opened), order[1].split(" ", 5));
                yield "played";
            }
        };
    }

    /** Ends what was opened, so that each round begins without copies. */
    private void play(Opened on, String[] words) throws Exception {
        HistoryTrial trial = new HistoryTrial(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                true,
                true,
                Due.WHEN_ACKNOWLEDGED,
                Long.parseLong(words[3]));
        try (on) {
            EventFile.write(Path.of(words[4]), trial.play(List.of(on.cache()), marks));
        }
    }

    private record Opened(Larder larder, Cache<String, String> cache) implements AutoCloseable {

        static Opened with(LarderBuilder builder) {
            Larder larder = builder.build();
            return new Opened(
                    larder,
                    larder.cache("history", String.class, String.class)
                            .codec(new StringCodec())
                            .stampede(Stampede.FLEET)
                            .onError(OnError.THROW)
                            .build());
        }

        /** Asks until there is an answer, for many programs start at once, and a connection may take longer than it is given. */
        String coherence() {
            Await.until("the backend answers", PATIENCE, () -> {
                cache.ping();
                return true;
            });
            return String.valueOf(cache.stats().backend().details().get("coherence"));
        }

        @Override
        public void close() {
            larder.close();
        }
    }
}
