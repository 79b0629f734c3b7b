package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.codec.KeyCodecs;
import io.larder.spi.Backend;
import io.larder.spi.Capability;
import io.larder.testkit.Operations.Operation;
import io.larder.testkit.Operations.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is called, in whatever order, a backend answers as the {@link ReferenceBackend} does. */
abstract class RandomPromises<V> extends Promises<V> {

    private static final int SEQUENCES = 100;
    private static final int CALLS = 200;

    RandomPromises(BackendContract<V> contract) {
        super(contract, Capability.STORAGE);
    }

    @Test
    void answersAsTheReferenceDoes() {
        long first = Seed.next();
        for (long seed = first; seed < first + SEQUENCES; seed++) {
            compare(seed);
        }
    }

    private void compare(long seed) {
        Backend<String, V> reference =
                new ReferenceBackend<>(contract.clock(), KeyCodecs.of(String.class), contract.values.numbers());
        Side<V> expected = new Side<>(contract.caller(reference));
        Side<V> tested = new Side<>(backend);
        Operations<V> operations =
                new Operations<>(seed, backend, contract.backend().capabilities());
        List<Operation<V>> made = new ArrayList<>();
        backend.clear();

        for (int i = 0; i < CALLS; i++) {
            contract.clock().advance(operations.pause());
            Operation<V> operation = operations.next();
            made.add(operation);
            assertThat(tested.outcome(operation))
                    .as(() -> "answer to " + operation + ", " + Seed.replay(seed) + ", after " + lastOf(made))
                    .isEqualTo(expected.outcome(operation));
        }
        assertThat(tested.state(contract.backend().capabilities()))
                .as(() -> "what there is in the end, " + Seed.replay(seed) + ", after " + lastOf(made))
                .isEqualTo(expected.state(contract.backend().capabilities()));
        contract.clock().advance(Duration.ofDays(1));
    }

    private static List<?> lastOf(List<?> made) {
        return made.subList(Math.max(0, made.size() - 20), made.size());
    }
}
