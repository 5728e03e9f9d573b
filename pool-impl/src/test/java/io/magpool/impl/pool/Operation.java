/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One step of a script that is played to a pool and to its model. Buffers are kept in numbered slots, and a step that finds
 * its slot in the wrong state does nothing: so a script stays a script, whichever of its steps are left out.
 */
sealed interface Operation {

    int SLOTS = 10;
    long LARGEST = 3L << 20;

    /** Who does it, while all others are quiet. */
    enum Actor {
        CALLER,
        WORKER,
        NEW_THREAD,
        VIRTUAL_THREAD
    }

    Actor by();

    /** The same, but done more simply. */
    List<Operation> simpler();

    record Acquire(Actor by, int slot, long size, boolean zeroed, long alignment) implements Operation {
        @Override
        public List<Operation> simpler() {
            List<Operation> all = new ArrayList<>();
            if (by != Actor.CALLER) {
                all.add(new Acquire(Actor.CALLER, slot, size, zeroed, alignment));
            }
            if (zeroed) {
                all.add(new Acquire(by, slot, size, false, alignment));
            }
            if (alignment != 1) {
                all.add(new Acquire(by, slot, size, zeroed, 1));
            }
            for (long less : smaller(size)) {
                all.add(new Acquire(by, slot, less, zeroed, alignment));
            }
            return all;
        }
    }

    record Release(Actor by, int slot, boolean twice) implements Operation {
        @Override
        public List<Operation> simpler() {
            List<Operation> all = new ArrayList<>();
            if (by != Actor.CALLER) {
                all.add(new Release(Actor.CALLER, slot, twice));
            }
            if (twice) {
                all.add(new Release(by, slot, false));
            }
            return all;
        }
    }

    record Reallocate(Actor by, int slot, long size) implements Operation {
        @Override
        public List<Operation> simpler() {
            List<Operation> all = new ArrayList<>();
            if (by != Actor.CALLER) {
                all.add(new Reallocate(Actor.CALLER, slot, size));
            }
            for (long less : smaller(size)) {
                all.add(new Reallocate(by, slot, less));
            }
            return all;
        }
    }

    record Trim(Actor by) implements Operation {
        @Override
        public List<Operation> simpler() {
            return by == Actor.CALLER ? List.of() : List.of(new Trim(Actor.CALLER));
        }
    }

    record Count(Actor by) implements Operation {
        @Override
        public List<Operation> simpler() {
            return by == Actor.CALLER ? List.of() : List.of(new Count(Actor.CALLER));
        }
    }

    private static List<Long> smaller(long size) {
        return size == 0 ? List.of() : List.of(0L, size / 2, size - size / 8 - 1, size - 1);
    }

    static Operation random(SplittableRandom random) {
        Actor by = Actor.values()[random.nextInt(10) < 5 ? 0 : random.nextInt(4)];
        int slot = random.nextInt(SLOTS);
        return switch (random.nextInt(20)) {
            case 0 -> new Trim(by);
            case 1 -> new Count(by);
            case 2, 3, 4 -> new Reallocate(by, slot, size(random));
            case 5, 6, 7, 8, 9, 10 -> new Release(by, slot, random.nextInt(4) == 0);
            default -> new Acquire(
                    by, slot, size(random), random.nextInt(3) == 0,
                    random.nextInt(5) == 0 ? 1L << random.nextInt(22) : 1);
        };
    }

    /** Small ones mostly, as in life. */
    private static long size(SplittableRandom random) {
        return Math.min(LARGEST, random.nextLong(1L << random.nextInt(1, 23)));
    }

    static List<Operation> randomScript(SplittableRandom random, int length) {
        List<Operation> script = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            script.add(random(random));
        }
        return script;
    }
}
