/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.impl.ModelEffort;
import io.magpool.impl.slab.SizeClasses;
import java.util.Arrays;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rounds that travel between hands and a cache under every interleaving (invariants 1 and 7): a thread's own cache with
 * exchanges of magazines and a revoker, and a stripe that two threads use and a third revokes. The broken twins: a revoker
 * that does not wait, and a stripe that is used without being taken.
 */
@Tag("model")
class ExchangeModelTest {

    private static final int CLASS = 0;
    private static final int CAPACITY = 2;
    private static final int ROUNDS = 4;

    private static ModelCheckingOptions options() {
        return ModelEffort.options(10, 300)
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(1)
                .loopBound(10 * SizeClasses.COUNT)
                .loopIterationsBeforeThreadSwitch(2 * SizeClasses.COUNT) // a revoker looks at all classes
                .sequentialSpecification(NothingEverWrong.class);
    }

    @Test
    void anOwnersExchangesAndARevokerLoseNothing() {
        options().check(OwnedCache.class);
    }

    @Test
    void aRevokerThatDoesNotWaitIsFoundBroken() {
        assertThatThrownBy(() -> options().check(ImpatientRevoker.class)).isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("The following interleaving leads to the error");
    }

    @Test
    void threadsThatShareAStripeLoseNothing() {
        options().check(SharedStripe.class);
    }

    @Test
    void aStripeUsedWithoutBeingTakenIsFoundBroken() {
        assertThatThrownBy(() -> options().check(StripeNotTaken.class)).isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("The following interleaving leads to the error");
    }

    private static PairLayout layout() {
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.fill(capacities, 1);
        capacities[CLASS] = CAPACITY;
        return new PairLayout(capacities);
    }

    /** What is done with a cache, whoever may do it. */
    public abstract static class Rounds {

        final PairLayout layout = layout();
        final RoundLedger ledger = new RoundLedger(ROUNDS);
        final Stripe cache = new Stripe(layout, 1 << 20, false, SampleRate.NONE); // never dead

        int pop(int sizeClass) {
            return cache.acquire(sizeClass);
        }

        boolean push(int sizeClass, int round) {
            return cache.release(sizeClass, round);
        }

        void moveIn(Magazine magazine) {
            cache.load(CLASS, magazine);
        }

        void moveOut(Magazine magazine) {
            cache.unload(CLASS, magazine);
        }

        final int acquireOne() {
            ledger.got(pop(CLASS));
            return ledger.violations();
        }

        final int releaseOne() {
            int round = ledger.pick();
            if (round >= 0 && !push(CLASS, round)) {
                ledger.got(round);
            }
            return ledger.violations();
        }

        final int loadOne() {
            Magazine magazine = new Magazine(0, CAPACITY);
            for (int i = 0; i < CAPACITY; i++) {
                int round = ledger.pick();
                if (round >= 0) {
                    magazine.push(round);
                }
            }
            moveIn(magazine);
            ledger.gotAll(magazine);
            return ledger.violations();
        }

        final int unloadOne() {
            Magazine magazine = new Magazine(0, CAPACITY);
            moveOut(magazine);
            ledger.gotAll(magazine);
            return ledger.violations();
        }

        final int giveUpAll() {
            for (int round : cache.giveUp(CLASS)) {
                ledger.got(round);
            }
            return ledger.violations();
        }

        final int revokeAll(boolean patient) {
            if (cache.announceRevocation()) {
                int[][] taken = !patient || cache.awaitIdle(1) ? cache.drain() : new int[0][];
                cache.undoRevocation();
                for (int[] rounds : taken) {
                    for (int round : rounds) {
                        ledger.got(round);
                    }
                }
            }
            return ledger.violations();
        }

        /** At the end, all that is in comes out, and then nothing is missing. */
        @Validate
        public final void nothingIsMissing() {
            for (int[] rounds : cache.drain()) {
                for (int round : rounds) {
                    ledger.got(round);
                }
            }
            if (ledger.missing() != 0) {
                throw new IllegalStateException("rounds are missing: " + ledger.missing());
            }
        }
    }

    /** One owner, and a revoker. */
    public static class OwnedCache extends Rounds {

        @Operation(nonParallelGroup = "owner")
        public int acquire() {
            return acquireOne();
        }

        @Operation(nonParallelGroup = "owner")
        public int release() {
            return releaseOne();
        }

        @Operation(nonParallelGroup = "owner")
        public int load() {
            return loadOne();
        }

        @Operation(nonParallelGroup = "owner")
        public int unload() {
            return unloadOne();
        }

        @Operation(nonParallelGroup = "owner")
        public int giveUp() {
            return giveUpAll();
        }

        @Operation
        public int revoke() {
            return revokeAll(isPatient());
        }

        boolean isPatient() {
            return true;
        }
    }

    /** The broken twin of the cache. */
    public static final class ImpatientRevoker extends OwnedCache {
        @Override
        boolean isPatient() {
            return false;
        }
    }

    /** Threads that take the stripe for each operation, and revokers. */
    public static class SharedStripe extends Rounds {

        boolean take() {
            return cache.tryTake();
        }

        @Override
        final int pop(int sizeClass) {
            return cache.takeRound(sizeClass);
        }

        @Override
        final boolean push(int sizeClass, int round) {
            return cache.putRound(sizeClass, round);
        }

        @Override
        final void moveIn(Magazine magazine) {
            cache.moveIn(CLASS, magazine);
        }

        @Override
        final void moveOut(Magazine magazine) {
            cache.moveOut(CLASS, magazine);
        }

        private void putBack(boolean taken) {
            if (taken) {
                cache.putBack();
            }
        }

        @Operation
        public int acquire() {
            boolean taken = take();
            int violations = taken ? acquireOne() : 0;
            putBack(taken);
            return violations;
        }

        @Operation
        public int release() {
            boolean taken = take();
            int violations = taken ? releaseOne() : 0;
            putBack(taken);
            return violations;
        }

        @Operation
        public int load() {
            boolean taken = take();
            int violations = taken ? loadOne() : 0;
            putBack(taken);
            return violations;
        }

        @Operation
        public int unload() {
            boolean taken = take();
            int violations = taken ? unloadOne() : 0;
            putBack(taken);
            return violations;
        }

        @Operation
        public int giveUp() {
            Stripes.giveUp(cache, CLASS, (sizeClass, rounds) -> {
                for (int round : rounds) {
                    ledger.got(round);
                }
            });
            return ledger.violations();
        }

        @Operation
        public int revoke() {
            return revokeAll(true);
        }
    }

    /** The broken twin of the stripe. */
    public static final class StripeNotTaken extends SharedStripe {
        @Override
        boolean take() {
            return true;
        }
    }

    /** The answer of each operation is how much went wrong. */
    public static final class NothingEverWrong {

        public int acquire() {
            return 0;
        }

        public int release() {
            return 0;
        }

        public int load() {
            return 0;
        }

        public int unload() {
            return 0;
        }

        public int giveUp() {
            return 0;
        }

        public int revoke() {
            return 0;
        }
    }
}
