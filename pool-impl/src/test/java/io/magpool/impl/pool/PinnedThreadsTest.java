/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PooledBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Virtual threads that cannot leave their carriers: as many as there are carriers, so that no other one can run. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class PinnedThreadsTest extends PoolTest {

    private static final int CARRIERS = Runtime.getRuntime().availableProcessors();

    @Test
    void whileTheyHoldAndWaitPlatformThreadsGetAllTheRest() throws Exception {
        BufferPool pool = pool(64 * MIB);
        CountDownLatch allHold = new CountDownLatch(CARRIERS);
        CountDownLatch end = new CountDownLatch(1);
        List<FutureTask<Boolean>> pinned = new ArrayList<>();
        for (int i = 0; i < CARRIERS; i++) {
            byte mark = (byte) (i + 1);
            FutureTask<Boolean> task = new FutureTask<>(() -> {
                for (int j = 0; j < 100; j++) {
                    pool.acquire(MIB).release(); // some stay in the stripe of a thread that will not come by again soon
                }
                PooledBuffer held = pool.acquire(5000);
                held.segment().fill(mark);
                allHold.countDown();
                boolean ended = end.await(50, TimeUnit.SECONDS);
                boolean intact = held.segment().get(java.lang.foreign.ValueLayout.JAVA_BYTE, 4999) == mark;
                held.release();
                return ended && intact;
            });
            pinned.add(task);
            Pinned.start(task);
        }
        try {
            assertThat(allHold.await(50, TimeUnit.SECONDS)).isTrue();
            List<PooledBuffer> rest = fill(pool, MIB);
            assertThat(pool.statistics().cachedInThreadsBytes()).as("what stripes have is reclaimed").isLessThan(MIB);
            assertThat(pool.statistics().chargedBytes()).isGreaterThanOrEqualTo(60 * MIB);
            release(rest);
        } finally {
            end.countDown();
        }
        for (FutureTask<Boolean> task : pinned) {
            assertThat(task.get(50, TimeUnit.SECONDS)).isTrue();
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void suchAThreadIsPinnedIndeed(@TempDir java.nio.file.Path folder) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
            recording.start();
            FutureTask<Void> task = new FutureTask<>(() -> LockSupport.parkNanos(1_000_000), null);
            Pinned.start(task).join();
            task.get();
            recording.stop();
            java.nio.file.Path file = folder.resolve("pinned.jfr");
            recording.dump(file);
            assertThat(RecordingFile.readAllEvents(file))
                    .anySatisfy(event -> assertThat(event.getThread().getJavaName()).isEqualTo("test-pinned"));
        }
    }
}
