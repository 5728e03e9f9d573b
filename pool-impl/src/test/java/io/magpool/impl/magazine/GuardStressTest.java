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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An owner and two revokers update a plain number behind the guard, with the barriers that pools really use, until each of
 * them has been in as often as is wanted: how long that takes says something of the machine, and nothing of the guard.
 */
@Tag("core")
class GuardStressTest {

    private static final long ENOUGH = 200; // updates by each
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long HANGS = TimeUnit.SECONDS.toNanos(50);
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
        long start = System.nanoTime();
        CountDownLatch missing = new CountDownLatch(3); // who has not been in often enough
        FutureTask<Long> owner = worker(start, missing, 1000, cell::own);
        List<FutureTask<Long>> revokers =
                List.of(worker(start, missing, 1, cell::revoke), worker(start, missing, 1, cell::revoke));
        Thread.ofPlatform().daemon().start(owner);
        revokers.forEach(revoker -> Thread.ofPlatform().daemon().start(revoker));
        long updates = owner.get(2 * HANGS, TimeUnit.NANOSECONDS);
        for (FutureTask<Long> revoker : revokers) {
            updates += revoker.get(2 * HANGS, TimeUnit.NANOSECONDS);
        }
        assertThat(missing.getCount()).as("threads that were in too seldom").isZero();
        assertThat(cell.value).as("updates by all of them").isEqualTo(updates);
    }

    /** Goes on until all have been in often enough, and for a while. */
    private static FutureTask<Long> worker(long start, CountDownLatch missing, int atATime, BooleanSupplier update) {
        return new FutureTask<>(() -> {
            long updates = 0;
            boolean counted = false;
            for (long passed = 0; passed < LEAST_NANOS || (missing.getCount() != 0 && passed < HANGS); passed =
                    System.nanoTime() - start) {
                for (int i = 0; i < atATime; i++) {
                    updates += update.getAsBoolean() ? 1 : 0;
                }
                if (updates >= ENOUGH && !counted) {
                    counted = true;
                    missing.countDown();
                }
                if (atATime == 1) {
                    leaveTheOwnerSomeTime();
                }
            }
            return updates;
        });
    }

    private static void leaveTheOwnerSomeTime() {
        for (int i = 0; i < 2000; i++) {
            Thread.onSpinWait();
        }
    }
}
