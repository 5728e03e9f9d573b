/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.impl.ModelEffort;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The guard's protocol under every interleaving. A model checker interleaves but does not reorder, so the barrier is nothing
 * here; that it is needed on a real machine is for the stress tests. The broken twin is a revoker that does not wait.
 */
@Tag("model")
class GuardModelTest {

    private static ModelCheckingOptions options() {
        return ModelEffort.options(10, 1000)
                .threads(3)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(1)
                .sequentialSpecification(OneAtATime.class);
    }

    @Test
    void ownerAndRevokersExcludeEachOther() {
        options().check(Guarded.class);
    }

    @Test
    void theFencedGuardDoesToo() {
        options().check(Fenced.class);
    }

    @Test
    void aRevokerThatDoesNotWaitIsFoundBroken() {
        assertThatThrownBy(() -> options().check(Impatient.class)).isInstanceOf(LincheckAssertionError.class);
    }

    private static final class Box extends Guard {
        private int inside; // plain: whoever gets in is alone
        private int collisions;

        Box(boolean fenced) {
            super(fenced);
        }

        void use() {
            int seen = inside;
            inside = seen + 1;
            if (inside != seen + 1 || seen != 0) {
                collisions++;
            }
            inside = seen;
        }

        void own() {
            if (enter()) {
                use();
                leave();
            }
        }

        void revoke(boolean patient) {
            if (announceRevocation()) {
                if (!patient || awaitIdle(1)) {
                    use();
                }
                undoRevocation();
            }
        }
    }

    /** One owner, any number of revokers. */
    public static class Guarded {
        private final Box box;

        public Guarded() {
            this(false);
        }

        Guarded(boolean fenced) {
            box = new Box(fenced);
        }

        @Operation(nonParallelGroup = "owner")
        public int own() {
            box.own();
            return box.collisions;
        }

        @Operation
        public int revoke() {
            box.revoke(isPatient());
            return box.collisions;
        }

        boolean isPatient() {
            return true;
        }
    }

    /** The same with an owner that fences. */
    public static final class Fenced extends Guarded {
        public Fenced() {
            super(true);
        }
    }

    /** The broken twin. */
    public static final class Impatient extends Guarded {
        @Override
        boolean isPatient() {
            return false;
        }
    }

    /** Nobody ever meets anybody. */
    public static final class OneAtATime {
        public int own() {
            return 0;
        }

        public int revoke() {
            return 0;
        }
    }
}
