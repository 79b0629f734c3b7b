package io.larder.redis;

import io.larder.LarderException;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendInfo;
import io.larder.spi.Reply;
import io.larder.spi.WaitStrategy;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands and gives their answers as replies. Thread-safe.
 *
 * <p>A script that a server does not know is sent again with its source; one that came while a cluster moved the slot is sent again
 * after a pause. Neither was carried out the first time, so nothing happens twice.
 */
final class Calls {

    private static final long TRY_AGAIN_MILLIS_MIN = 1;
    private static final long TRY_AGAIN_MILLIS_MAX = 16;
    /** How long a caller of today is kept waiting for a slot that moves; its own timeout may be shorter. */
    private static final int TRY_AGAIN_TIMES_MAX = 100;

    /** How long what was written is read from the leader; a replica that lags more may show what was before. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final Connections connections;
    private final ScheduledExecutorService scheduler;
    private final WaitStrategy crowded;
    private final @Nullable ReplicaAcks acks;
    private final @Nullable RecentWrites recent;
    /** Servers that are too old for {@code GET} in a {@code SET} say so once. */
    private volatile boolean refusesToSet;

    private volatile boolean refusesToSetIfAbsent;

    Calls(Connections connections, BackendContext context) {
        RedisConfig config = connections.config();
        this.connections = connections;
        this.scheduler = context.scheduler();
        this.crowded = WaitStrategy.yielding(config.batches().yields());
        this.acks = config.waitReplicas() == 0
                ? null
                : new ReplicaAcks(connections, config.waitReplicas(), context.scheduler());
        this.recent = config.read() == RedisConfig.Read.LEADER || !config.readYourWrites()
                ? null
                : new RecentWrites(context.clock(), REMEMBERED);
    }

    /** Returns the value at {@code name}, null for none. */
    Reply<byte @Nullable []> get(int hash, byte[] name) {
        return ask(reader(hash), commands -> commands.get(name));
    }

    /** Returns the answer of a command that reads. */
    <T extends @Nullable Object> Reply<T> read(
            int hash, Function<RedisClusterAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command) {
        return ask(reader(hash), commands -> command.apply(commands.async()));
    }

    private CompletableFuture<Commands> reader(int hash) {
        return recent != null && recent.has(hash) ? connections.leader(hash) : connections.reader(hash);
    }

    /** Returns the answer of a command that goes to the leader. */
    <T extends @Nullable Object> Reply<T> lead(
            int hash, Function<RedisClusterAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command) {
        return ask(connections.leader(hash), commands -> command.apply(commands.async()));
    }

    boolean isCluster() {
        return connections.isCluster();
    }

    String address() {
        return connections.address();
    }

    /** Returns the leaders' own commands, as they are now. */
    Reply<List<Commands>> leaders() {
        return reply(connections.leaders(), WaitStrategy.PARKING);
    }

    /** Returns the same, after asking the servers who leads now. */
    Reply<List<Commands>> leadersAnew() {
        return reply(connections.leadersAnew(), WaitStrategy.PARKING);
    }

    /** Returns the answer of a command to one node. */
    <T extends @Nullable Object> Reply<T> ask(
            Commands node, Function<RedisClusterAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command) {
        return ask(CompletableFuture.completedFuture(node), commands -> command.apply(commands.async()));
    }

    /** Returns when all leaders have answered. */
    Reply<@Nullable Void> ping() {
        return leaders()
                .then(leaders -> Reply.all(leaders.stream()
                        .map(leader -> ask(leader, commands -> commands.ping()))
                        .toList()))
                .map(answers -> null);
    }

    /** Returns what the first leader tells about itself. */
    Reply<BackendInfo> info() {
        return leaders()
                .then(leaders -> ask(leaders.get(0), commands -> commands.info()))
                .map(text -> ServerInfo.of(address(), text));
    }

    /** Returns the script's answer: a number, bytes, or a list. */
    Reply<Object> run(int hash, ScriptCall call) {
        return ask(connections.leader(hash), commands -> {
            AsyncCommand<byte[], byte[], Object> command = call.byHash();
            CompletableFuture<Object> answer = done(call, answer(commands, call, command, 0));
            if (recent != null && call.script().isWrite()) {
                answer = answer.whenComplete((value, failure) -> recent.wrote(hash));
            }
            commands.dispatch(command);
            return answer;
        });
    }

    /** Returns what became of a {@code SET}; what was refused did nothing, and a script can do the same. */
    Reply<PlainSet.Outcome> set(int hash, PlainSet set) {
        if (set.ifAbsent() ? refusesToSetIfAbsent : refusesToSet) {
            return Reply.ready(PlainSet.Outcome.REFUSED);
        }
        return ask(connections.leader(hash), commands -> {
            AsyncCommand<byte[], byte[], byte[]> command = set.command();
            CompletableFuture<PlainSet.Outcome> outcome =
                    command.handle((before, failure) -> outcome(set, before, failure));
            if (recent != null && !set.ifAbsent()) {
                outcome = outcome.whenComplete((value, failure) -> recent.wrote(hash));
            }
            if (acks != null && !set.ifAbsent()) {
                outcome = outcome.thenCompose(done -> confirmed(set, done));
            }
            commands.dispatch(command);
            return outcome;
        });
    }

    private PlainSet.Outcome outcome(PlainSet set, byte @Nullable [] before, @Nullable Throwable failure) {
        if (failure == null) {
            return new PlainSet.Outcome(false, before);
        }
        if (!(failure instanceof RedisCommandExecutionException)) {
            throw new CompletionException(failure);
        }
        if (String.valueOf(failure.getMessage()).startsWith("ERR syntax error")) {
            if (set.ifAbsent()) {
                refusesToSetIfAbsent = true;
            } else {
                refusesToSet = true;
            }
        }
        return PlainSet.Outcome.REFUSED;
    }

    private CompletableFuture<PlainSet.Outcome> confirmed(PlainSet set, PlainSet.Outcome outcome) {
        return acks == null || outcome.refused()
                ? CompletableFuture.completedFuture(outcome)
                : acks.confirm(set.name()).thenApply(confirmed -> outcome);
    }

    /** Returns the scripts' answers in order; all leave at once. */
    Reply<List<Object>> runAll(List<ScriptCall> calls) {
        return ask(connections.leader(0), commands -> {
            List<AsyncCommand<byte[], byte[], Object>> scripts =
                    calls.stream().map(ScriptCall::byHash).toList();
            List<CompletableFuture<Object>> answers = new ArrayList<>();
            for (int i = 0; i < scripts.size(); i++) {
                answers.add(done(calls.get(i), answer(commands, calls.get(i), scripts.get(i), 0)));
            }
            CompletableFuture<List<Object>> all = gathered(answers);
            commands.dispatch(scripts);
            return recent == null ? all : all.whenComplete((values, failure) -> recent.wroteAnything());
        });
    }

    /** Returns the answer when as many replicas have the write as are to have it. */
    private CompletableFuture<Object> done(ScriptCall call, CompletableFuture<Object> answer) {
        if (acks == null || !call.script().isWrite()) {
            return answer;
        }
        return answer.thenCompose(value -> acks.confirm(call.keys().get(0)).thenApply(confirmed -> value));
    }

    private CompletableFuture<Object> answer(
            Commands commands, ScriptCall call, CompletableFuture<Object> sent, int triesBefore) {
        return sent.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof RedisNoScriptException && triesBefore < TRY_AGAIN_TIMES_MAX) {
                AsyncCommand<byte[], byte[], Object> again = call.bySource();
                commands.dispatch(again);
                return answer(commands, call, again, triesBefore + 1);
            }
            if (isTryAgain(cause) && triesBefore < TRY_AGAIN_TIMES_MAX) {
                return afterPause(commands, call, triesBefore);
            }
            return CompletableFuture.failedFuture(cause);
        });
    }

    private CompletableFuture<Object> afterPause(Commands commands, ScriptCall call, int triesBefore) {
        long pauseMillis = Math.min(TRY_AGAIN_MILLIS_MIN << Math.min(triesBefore, 10), TRY_AGAIN_MILLIS_MAX);
        CompletableFuture<@Nullable Void> pause = new CompletableFuture<>();
        var unused = scheduler.schedule(() -> pause.complete(null), pauseMillis, TimeUnit.MILLISECONDS);
        return pause.thenCompose(over -> {
            AsyncCommand<byte[], byte[], Object> again = call.byHash();
            commands.dispatch(again);
            return answer(commands, call, again, triesBefore + 1);
        });
    }

    private static boolean isTryAgain(@Nullable Throwable failure) {
        return failure instanceof RedisCommandExecutionException
                && String.valueOf(failure.getMessage()).startsWith("TRYAGAIN");
    }

    /** Returns the values of {@code names}, null where there is none, by one command for each group; all leave at once. */
    Reply<List<List<byte[]>>> values(List<List<byte[]>> groups) {
        return groups.isEmpty()
                ? Reply.ready(List.of())
                : readAll(reader -> {
                    List<AsyncCommand<byte[], byte[], List<byte[]>>> sent = new ArrayList<>(groups.size());
                    groups.forEach(names -> sent.add(valuesAt(names)));
                    List<CompletableFuture<List<byte[]>>> answers = new ArrayList<>(groups.size());
                    for (int i = 0; i < sent.size(); i++) {
                        List<byte[]> names = groups.get(i);
                        answers.add(sent.get(i)
                                .exceptionallyCompose(failure -> isTryAgain(failure)
                                        ? gathered(sent(reader, names, Calls::value))
                                        : CompletableFuture.failedFuture(failure)));
                    }
                    CompletableFuture<List<List<byte[]>>> all =
                            answers.size() == 1 ? answers.get(0).thenApply(List::of) : gathered(answers);
                    reader.dispatch(sent);
                    return all;
                });
    }

    /** Returns the command for several values. */
    static AsyncCommand<byte[], byte[], List<byte[]>> valuesAt(List<byte[]> names) {
        return command(CommandType.MGET, new ValueListOutput<>(ByteArrayCodec.INSTANCE), new Arguments(names));
    }

    /** Reads one name: while a cluster moves a slot, it answers for each where it is, but not for several at two places. */
    static AsyncCommand<byte[], byte[], byte[]> value(byte[] name) {
        return command(CommandType.GET, new ValueOutput<>(ByteArrayCodec.INSTANCE), new Arguments(List.of(name)));
    }

    /** Returns the first {@code bytes} bytes of each value, empty where there is none; all leave at once. */
    Reply<List<byte[]>> starts(List<byte[]> names, int bytes) {
        return names.isEmpty()
                ? Reply.ready(List.of())
                : readAll(reader -> gathered(sent(
                        reader,
                        names,
                        name -> command(
                                CommandType.GETRANGE,
                                new ValueOutput<>(ByteArrayCodec.INSTANCE),
                                new CommandArgs<>(ByteArrayCodec.INSTANCE)
                                        .addKey(name)
                                        .add(0)
                                        .add(bytes - 1)))));
    }

    private <T> Reply<T> readAll(Function<Commands, CompletableFuture<T>> read) {
        boolean lead = recent != null && recent.hasAny();
        return ask(lead ? connections.leader(0) : connections.reader(0), read);
    }

    private static <T> List<AsyncCommand<byte[], byte[], T>> sent(
            Commands reader, List<byte[]> names, Function<byte[], AsyncCommand<byte[], byte[], T>> command) {
        List<AsyncCommand<byte[], byte[], T>> commands =
                names.stream().map(command).toList();
        reader.dispatch(commands);
        return commands;
    }

    private static <T> AsyncCommand<byte[], byte[], T> command(
            CommandType type, CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> args) {
        return new AsyncCommand<>(new Command<>(type, output, args));
    }

    private static <T> CompletableFuture<List<T>> gathered(List<? extends CompletableFuture<T>> answers) {
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
    }

    private <T extends @Nullable Object> Reply<T> ask(
            CompletableFuture<Commands> way, Function<Commands, ? extends CompletionStage<T>> call) {
        try {
            if (!way.isDone() || way.isCompletedExceptionally()) {
                return reply(way.thenCompose(call), WaitStrategy.PARKING);
            }
            Commands commands = way.join();
            CompletionStage<T> answer = call.apply(commands);
            return reply(answer, commands.waiting(crowded));
        } catch (RuntimeException refused) {
            return Reply.failed(connections.explain(refused));
        }
    }

    private <T extends @Nullable Object> Reply<T> reply(CompletionStage<T> answer, WaitStrategy waiting) {
        return Reply.pending(answer, waiting).recover(failure -> {
            throw explained(failure);
        });
    }

    /** Leaves what is Larder's own as it is, such as a wait that took too long; but a checked exception comes wrapped, with no word more. */
    private RuntimeException explained(RuntimeException failure) {
        Throwable cause = failure.getCause();
        if (cause != null && String.valueOf(cause.getMessage()).equals(failure.getMessage())) {
            return connections.explain(cause);
        }
        return failure instanceof LarderException ? failure : connections.explain(failure);
    }
}
