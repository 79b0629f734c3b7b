package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.spi.Capability;
import io.larder.testkit.InvalidationMatrix.Invalidation;
import io.larder.testkit.InvalidationMatrix.Load;
import io.larder.testkit.InvalidationMatrix.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No invalidation is undone by a load, wherever between its steps it comes. */
abstract class CacheMatrixPromises extends CachePromises {

    CacheMatrixPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @ParameterizedTest
    @EnumSource
    void noInvalidationIsUndoneByALoad(Load load) throws Exception {
        InvalidationMatrix matrix = new InvalidationMatrix(
                contract.url(), contract.provider(), contract.view, contract.isShared(), contract.capabilities());
        int tries = Integer.getInteger("larder.matrix.tries", contract.matrixTries());
        String whyNot = matrix.whyNot(Invalidation.REMOVE, load);
        assumeTrue(whyNot == null, () -> "there is no such load: " + whyNot);
        for (Invalidation invalidation : Invalidation.values()) {
            if (matrix.whyNot(invalidation, load) == null) {
                Outcome outcome = matrix.run(invalidation, load, tries, Seed.next());

                assertThat(outcome.staleReads()).isEmpty();
                assertThat(outcome.steps())
                        .as("steps of a load")
                        .isGreaterThanOrEqualTo(load == Load.COPY_IN_A_NEAR_TIER ? 2 : 4);
            }
        }
    }
}
