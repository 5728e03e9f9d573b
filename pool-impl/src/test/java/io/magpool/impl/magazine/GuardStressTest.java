/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PoolConfig.Storage;
import io.magpool.impl.memory.Barrier;
import io.magpool.impl.memory.Platform;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An owner and two revokers update a plain number behind the guard, with the barriers that pools really use. */
@Tag("core")
class GuardStressTest {

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final int LOOKS = 10_000;

    private static final class Cell extends Guard {
        private final Barrier barrier;
        private long value;

        Cell(Barrier barrier, boolean fenced) {
            super(fenced);
            this.barrier = barrier;
        }

        boolean own() {
            if (!enter()) {
                return false;
            }
            value = value + 1;
            leave();
            return true;
        }

        boolean revoke() {
            if (!announceRevocation()) {
                return false;
            }
            barrier.execute();
            boolean idle = awaitIdle(LOOKS);
            if (idle) {
                value = value + 1;
            }
            undoRevocation();
            return idle;
        }
    }

    @ParameterizedTest(name = "{0}, fenced {1}")
    @CsvSource({"AUTO, false", "AUTO, true", "PORTABLE, false", "PORTABLE, true"})
    void noUpdateIsLostBetweenAnOwnerAndTwoRevokers(MemoryKind kind, boolean fenced) throws Exception {
        Cell cell = new Cell(Platform.choose(kind, Storage.OFF_HEAP, 2 << 20).barrier(), fenced);
        long end = System.nanoTime() + NANOS;
        FutureTask<Long> owner = new FutureTask<>(() -> {
            long entered = 0;
            while (System.nanoTime() < end) {
                for (int i = 0; i < 1000; i++) {
                    entered += cell.own() ? 1 : 0;
                }
            }
            return entered;
        });
        List<FutureTask<Long>> revokers = List.of(revoker(cell, end), revoker(cell, end));
        Thread.ofPlatform().daemon().start(owner);
        revokers.forEach(revoker -> Thread.ofPlatform().daemon().start(revoker));
        long revoked = 0;
        for (FutureTask<Long> revoker : revokers) {
            revoked += revoker.get(30, TimeUnit.SECONDS);
        }
        long entered = owner.get(30, TimeUnit.SECONDS);
        assertThat(entered).as("times that the owner was in").isPositive();
        assertThat(revoked).as("times that a revoker was in").isPositive();
        assertThat(cell.value).as("updates by all of them").isEqualTo(entered + revoked);
    }

    private static FutureTask<Long> revoker(Cell cell, long end) {
        return new FutureTask<>(() -> {
            long entered = 0;
            while (System.nanoTime() < end) {
                entered += cell.revoke() ? 1 : 0;
                leaveTheOwnerSomeTime();
            }
            return entered;
        });
    }

    private static void leaveTheOwnerSomeTime() {
        for (int i = 0; i < 2000; i++) {
            Thread.onSpinWait();
        }
    }
}
