/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.impl.ModelEffort;
import io.magpool.impl.concurrent.NumberedTable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A depot and its two generations under every interleaving: threads take magazines, fill or empty them, and put them back, while a
 * trimmer flips, takes what is idle, and forgets magazines without rounds, whose numbers are used again. Each magazine and each
 * round is in one place (invariants 1 and 2). The broken twin puts a magazine in and changes its rounds then.
 */
@Tag("model")
class DepotModelTest {

    private static final int CAPACITY = 1;
    private static final int ROUNDS = 2;
    private static final int MAGAZINES = 4;

    private static ModelCheckingOptions options() {
        return ModelEffort.options(20, 250)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(0)
                .sequentialSpecification(NothingEverWrong.class);
    }

    @Test
    void aDepotLosesNothing() {
        options().check(Hands.class);
    }

    @Test
    void aMagazineThatIsChangedAfterItWasPutInIsFoundBroken() {
        assertThatThrownBy(() -> options().check(HandsThatLinger.class)).isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("The following interleaving leads to the error");
    }

    /** Each answer is how much went wrong so far. */
    public static class Hands {

        private final NumberedTable<Magazine> magazines = new NumberedTable<>(MAGAZINES);
        private final Depot depot = new Depot(magazines);
        private final RoundLedger ledger = new RoundLedger(ROUNDS);
        private final AtomicIntegerArray held = new AtomicIntegerArray(MAGAZINES);
        private final AtomicInteger wrong = new AtomicInteger();

        /** Begins with full magazines and an empty one. */
        public Hands() {
            for (int i = 0; i <= ROUNDS; i++) {
                Magazine magazine = hold(magazines.add(number -> new Magazine(number, CAPACITY)));
                if (i < ROUNDS) {
                    magazine.push(ledger.pick());
                }
                letGo(magazine);
            }
        }

        private void check(boolean holds) {
            if (!holds) {
                wrong.incrementAndGet();
            }
        }

        private int wrong() {
            return wrong.get() + ledger.violations();
        }

        private Magazine hold(Magazine magazine) {
            check(magazine == null || held.compareAndSet(magazine.number(), 0, 1));
            return magazine;
        }

        final void letGo(Magazine magazine) {
            check(held.compareAndSet(magazine.number(), 1, 0));
            depot.put(magazine);
        }

        final void change(Magazine magazine) {
            if (magazine.isEmpty()) {
                int round = ledger.pick();
                if (round >= 0 && !magazine.push(round)) {
                    ledger.got(round);
                }
            } else {
                ledger.gotAll(magazine);
            }
        }

        void changeAndLetGo(Magazine magazine) {
            change(magazine);
            letGo(magazine);
        }

        void forget() {
            depot.dropEmpty(true);
        }

        /** Whether magazines with and without rounds are kept apart. */
        boolean isSorted() {
            return true;
        }

        /** A thread takes rounds. */
        @Operation
        public int drain() {
            Magazine magazine = hold(depot.takeLoaded());
            if (magazine != null) {
                check(!isSorted() || !magazine.isEmpty());
                changeAndLetGo(magazine);
            }
            return wrong();
        }

        /** A thread puts rounds in, in a new magazine if there is none. */
        @Operation
        public int fill() {
            Magazine empty = depot.takeEmpty();
            Magazine magazine = hold(empty != null ? empty : magazines.add(number -> new Magazine(number, CAPACITY)));
            if (magazine != null) {
                check(!isSorted() || magazine.isEmpty());
                changeAndLetGo(magazine);
            }
            return wrong();
        }

        /** The way to ABA. */
        @Operation
        public int takeTwoAndPutTheFirst() {
            Magazine first = hold(depot.takeLoaded());
            Magazine second = hold(depot.takeLoaded());
            if (first != null) {
                letGo(first);
            }
            if (second != null) {
                changeAndLetGo(second);
            }
            return wrong();
        }

        @Operation(nonParallelGroup = "trimmer")
        public int flip() {
            depot.flip();
            return wrong();
        }

        @Operation(nonParallelGroup = "trimmer")
        public int sendIdleHome() {
            Magazine magazine = hold(depot.takeIdle());
            if (magazine != null) {
                changeAndLetGo(magazine);
            }
            return wrong();
        }

        @Operation(nonParallelGroup = "trimmer")
        public int forgetEmpty() {
            forget();
            return wrong();
        }

        /** At the end, all that is in comes out, and then nothing is missing. */
        @Validate
        public void nothingIsMissing() {
            for (Magazine magazine = depot.takeLoaded(); magazine != null; magazine = depot.takeLoaded()) {
                ledger.gotAll(magazine);
            }
            for (Magazine magazine = depot.takeEmpty(); magazine != null; magazine = depot.takeEmpty()) {
                ledger.gotAll(magazine);
            }
            if (ledger.missing() != 0) {
                throw new IllegalStateException("rounds are missing: " + ledger.missing());
            }
        }
    }

    /** The broken twin: right as long as it is alone. */
    public static final class HandsThatLinger extends Hands {
        @Override
        boolean isSorted() {
            return false;
        }

        @Override
        void forget() {}

        @Override
        void changeAndLetGo(Magazine magazine) {
            letGo(magazine);
            change(magazine);
        }
    }

    /** What the answers are. */
    public static final class NothingEverWrong {

        public int drain() {
            return 0;
        }

        public int fill() {
            return 0;
        }

        public int takeTwoAndPutTheFirst() {
            return 0;
        }

        public int flip() {
            return 0;
        }

        public int sendIdleHome() {
            return 0;
        }

        public int forgetEmpty() {
            return 0;
        }
    }
}
