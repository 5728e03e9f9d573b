/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.impl.ModelEffort;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two in line, and whoever ends their turns, under every interleaving: each turn ends once, and a chunk goes to exactly one of
 * them or stays with its giver. The broken twin looks whether the turn has ended and ends it then.
 */
@Tag("model")
class TurnModelTest {

    private static ModelCheckingOptions options() {
        return ModelEffort.options(20, 1000)
                .threads(3)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(2)
                .sequentialSpecification(OneAfterTheOther.class);
    }

    @Test
    void oneEndsATurnAndTheGiverWhoLosesOffersToTheNext() {
        options().check(Line.class);
    }

    @Test
    void whoLooksFirstAndEndsThenIsFoundBroken() {
        assertThatThrownBy(() -> options().check(LineThatLooksFirst.class)).isInstanceOf(LincheckAssertionError.class);
    }

    /** What the line is built of. */
    interface Place {
        boolean give(int number);

        boolean end(String how);

        int given();
    }

    private static final class RealPlace implements Place {
        private final Turn turn = new Turn();

        @Override
        public boolean give(int number) {
            return turn.tryGive(number);
        }

        @Override
        public boolean end(String how) {
            return switch (how) {
                case "timed out" -> turn.tryTimeOut();
                case "interrupted" -> turn.tryInterrupt();
                case "closed" -> turn.tryClose();
                default -> turn.tryServe();
            };
        }

        @Override
        public int given() {
            return turn.given();
        }
    }

    private static final class PlaceThatLooksFirst implements Place {
        private volatile String state = "waiting";
        private volatile int number = -1;

        @Override
        public boolean give(int given) {
            if (!state.equals("waiting")) {
                return false;
            }
            number = given;
            state = "given";
            return true;
        }

        @Override
        public boolean end(String how) {
            if (!state.equals("waiting")) {
                return false;
            }
            state = how;
            return true;
        }

        @Override
        public int given() {
            return state.equals("given") ? number : -1;
        }
    }

    /** Plain code, for one thread at a time. */
    public static class OneAfterTheOther {
        private final Place[] places;

        public OneAfterTheOther() {
            this(new PlaceThatLooksFirst(), new PlaceThatLooksFirst());
        }

        OneAfterTheOther(Place first, Place second) {
            places = new Place[]{first, second};
        }

        /** Returns who got it, or -1: the giver has it still. */
        public int give(int number) {
            for (int i = 0; i < places.length; i++) {
                if (places[i].give(number)) {
                    return i;
                }
            }
            return -1;
        }

        public boolean timeOut(int place) {
            return places[place].end("timed out");
        }

        public boolean interrupt(int place) {
            return places[place].end("interrupted");
        }

        public boolean serve(int place) {
            return places[place].end("served");
        }

        public String close() {
            List<Integer> closed = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                if (places[i].end("closed")) {
                    closed.add(i);
                }
            }
            return closed.toString();
        }

        public int given(int place) {
            return places[place].given();
        }
    }

    /** The real one. */
    @Param(name = "place", gen = IntGen.class, conf = "0:1")
    @Param(name = "number", gen = IntGen.class, conf = "0:9")
    public static class Line extends OneAfterTheOther {
        public Line() {
            super(new RealPlace(), new RealPlace());
        }

        Line(Place first, Place second) {
            super(first, second);
        }

        @Override
        @Operation
        public int give(@Param(name = "number") int number) {
            return super.give(number);
        }

        @Override
        @Operation
        public boolean timeOut(@Param(name = "place") int place) {
            return super.timeOut(place);
        }

        @Override
        @Operation
        public boolean interrupt(@Param(name = "place") int place) {
            return super.interrupt(place);
        }

        @Override
        @Operation
        public boolean serve(@Param(name = "place") int place) {
            return super.serve(place);
        }

        @Override
        @Operation
        public int given(@Param(name = "place") int place) {
            return super.given(place);
        }
    }

    /** The broken twin. */
    @Param(name = "place", gen = IntGen.class, conf = "0:1")
    @Param(name = "number", gen = IntGen.class, conf = "0:9")
    public static final class LineThatLooksFirst extends Line {
        public LineThatLooksFirst() {
            super(new PlaceThatLooksFirst(), new PlaceThatLooksFirst());
        }
    }
}
