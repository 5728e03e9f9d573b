/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.impl.ModelEffort;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two stacks by age: who alone takes finds something whenever there is something, whatever is put and flipped meanwhile, since it
 * reads the epoch once and looks at both stacks. The broken twin reads it for each look, and may look at one stack twice.
 *
 * <p>Two who take may both miss a node that is put meanwhile: each stack was empty when it was looked at. That is no part of the promise.
 */
@Tag("model")
class GenerationsModelTest {

    private static ModelCheckingOptions options() {
        return ModelEffort.options(20, 200)
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(3)
                .actorsAfter(1)
                .sequentialSpecification(HowMany.class);
    }

    @Test
    void whoAloneTakesFindsWhatIsThere() {
        options().check(Taken.class);
    }

    @Test
    void whoReadsTheEpochForEachLookIsFoundBroken() {
        assertThatThrownBy(() -> options().check(TakenByTwoEpochs.class)).isInstanceOf(LincheckAssertionError.class);
    }

    /** What is put, taken and flipped. */
    abstract static class Stacks {

        private final NumberedTable<Node> table = new NumberedTable<>(100);

        abstract void push(Node node);

        abstract Node pop();

        abstract void advance();

        /** At first there is one, from before the last flip. */
        final void putOldOne() {
            put();
            advance();
        }

        @Operation
        public void put() {
            push(table.add(Node::new));
        }

        @Operation(nonParallelGroup = "taker")
        public boolean take() {
            return pop() != null;
        }

        @Operation(nonParallelGroup = "trimmer")
        public void flip() {
            advance();
        }

        final NumberedTable<Node> table() {
            return table;
        }
    }

    /** As they are. */
    public static final class Taken extends Stacks {
        private final Generations<Node> generations = new Generations<>(table());

        public Taken() {
            putOldOne();
        }

        @Override
        void push(Node node) {
            generations.push(node);
        }

        @Override
        Node pop() {
            return generations.pop();
        }

        @Override
        void advance() {
            generations.flip();
        }
    }

    /** The broken twin. */
    public static final class TakenByTwoEpochs extends Stacks {
        private final VersionedStack<Node> even = new VersionedStack<>(table());
        private final VersionedStack<Node> odd = new VersionedStack<>(table());
        private volatile int epoch;

        public TakenByTwoEpochs() {
            putOldOne();
        }

        private VersionedStack<Node> stack(int of) {
            return (of & 1) == 0 ? even : odd;
        }

        @Override
        void push(Node node) {
            stack(epoch).push(node);
        }

        @Override
        Node pop() {
            Node node = stack(epoch).pop();
            return node != null ? node : stack(epoch + 1).pop();
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
        void advance() {
            epoch++;
        }
    }

    /** How many there are. */
    public static final class HowMany {
        private int count = 1;

        public void put() {
            count++;
        }

        public boolean take() {
            boolean any = count != 0;
            count -= any ? 1 : 0;
            return any;
        }

        public void flip() {}
    }
}
