/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A system call that fails at its n-th time: the fallback takes over for good, and that is said once. */
@Tag("core")
class FailingBarrierTest {

    private static final int CALLS = 6;

    private final List<String> said = new ArrayList<>();
    private int calls;
    private int fallbacks;

    private final Barrier fallback = new Barrier() {
        @Override
        public String name() {
            return "fallback";
        }

        @Override
        public void execute() {
            fallbacks++;
        }
    };

    /** Works again afterwards, which nobody shall rely on. */
    private Membarrier failingAt(int call) {
        calls = 0;
        fallbacks = 0;
        said.clear();
        return new Membarrier(fallback, command -> {
            assertThat(command)
                    .isEqualTo(calls == 0 ? Membarrier.REGISTER_PRIVATE_EXPEDITED : Membarrier.PRIVATE_EXPEDITED);
            return calls++ == call ? -1 : 0;
        }, said::add);
    }

    @Test
    void whereNoCallFailsTheFallbackIsNeverAsked() {
        Membarrier barrier = failingAt(Integer.MAX_VALUE);
        for (int i = 0; i < CALLS; i++) {
            barrier.execute();
        }
        assertThat(barrier.name()).isEqualTo("membarrier");
        assertThat(calls).isEqualTo(1 + CALLS);
        assertThat(fallbacks).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    void aRegistrationThatFailsLeavesAllToTheFallback() {
        Membarrier barrier = failingAt(0);
        barrier.execute();
        assertThat(barrier.name()).isEqualTo("fallback");
        assertThat(calls).isEqualTo(1);
        assertThat(fallbacks).isEqualTo(1);
        assertThat(said).as("the statistics name the barrier; nothing was lost on the way").isEmpty();
    }

    @Test
    void theCallThatFailsAndAllLaterOnesAreMadeGood() {
        for (int failing = 1; failing <= CALLS; failing++) {
            Membarrier barrier = failingAt(failing);
            for (int i = 1; i <= CALLS; i++) {
                barrier.execute();
                assertThat(fallbacks).as("after call %d", i).isEqualTo(Math.max(0, i - failing + 1));
                assertThat(barrier.name()).isEqualTo(i < failing ? "membarrier" : "fallback");
            }
            assertThat(calls).as("the system is not asked again").isEqualTo(1 + failing);
            assertThat(said).containsExactly("membarrier failed: from now on the barrier is a fallback");
        }
    }
}
