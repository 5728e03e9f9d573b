/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferRequest;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PoolConfig.Storage;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes with the memory: the Java objects behind chunks, and what is known of their content. */
@Timeout(60)
class TrimHandlesTest {

    private static final long MIB = 1L << 20;

    @BeforeEach
    void assumeLinux() {
        Variant.LINUX_ASYMMETRIC.assumePossible();
    }

    /** So that what was released is what is acquired next, on whatever core. */
    private static PoolConfig.Builder oneArena() {
        return config().arenas(1);
    }

    private static PoolConfig.Builder config() {
        return PoolConfig.builder().memory(MemoryKind.LINUX).maxBytes(256 * MIB);
    }

    @Test
    void whatCameBackFromTheSystemReadsZeroAndIsKnownTo() throws InterruptedException {
        try (ClockedPool clocked = new ClockedPool(config())) {
            clocked.burst(MIB, 4096).forEach(PooledBuffer::release);
            clocked.pool.trim(TrimDepth.FULL);
            Chunk chunk = (Chunk) clocked.pool.acquire(4096);
            assertThat(chunk.isZeros()).isTrue();
            assertThat(chunk.byteBuffer().get(0)).isZero();
            chunk.release();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFF_HEAP", "HEAP"})
    void theHandlesOfChunksThatWentHomeAreDropped(Storage storage) {
        try (ClockedPool clocked = new ClockedPool(config().storage(storage))) {
            List<WeakReference<Object>> handles = releasedHandles(clocked);
            clocked.tick();
            clocked.tick();
            while (handles.stream().anyMatch(handle -> handle.get() != null)) { // till the timeout
                System.gc();
            }
            assertThat(clocked.pool.charge().charged()).isZero();
        }
    }

    private static List<WeakReference<Object>> releasedHandles(ClockedPool clocked) {
        List<PooledBuffer> burst = clocked.burst(4 * MIB, 4096);
        List<WeakReference<Object>> handles = burst.stream()
                .flatMap(buffer -> List.<Object>of(buffer, buffer.segment().heapBase().orElse(buffer)).stream())
                .map(WeakReference::new)
                .collect(Collectors.toList());
        burst.forEach(PooledBuffer::release);
        return handles;
    }

    @Test
    void theJavaHeapShrinksToo() {
        try (ClockedPool clocked = new ClockedPool(config().maxBytes(512 * MIB))) {
            clocked.burst(MIB, 256).forEach(PooledBuffer::release); // so that all classes are loaded
            clocked.pool.trim(TrimDepth.FULL);
            long before = usedHeap();
            clocked.burst(256 * MIB, 256).forEach(PooledBuffer::release);
            long released = usedHeap() - before;
            clocked.tick();
            clocked.tick();
            clocked.tick();
            long kept = usedHeap() - before;
            assertThat(released).isGreaterThan(40 * MIB);
            assertThat(kept).as("of %d", released).isLessThan(released / 20);
        }
    }

    private static long usedHeap() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void onPagesThatSurvivorsKeepTheHandlesOfFreeChunksGoTooAndAreNotTakenForZeros() throws InterruptedException {
        try (ClockedPool clocked = new ClockedPool(oneArena())) {
            List<PooledBuffer> survivors = new ArrayList<>();
            List<WeakReference<PooledBuffer>> handles = releaseAllButOneOnEachPage(clocked, survivors);
            clocked.tick();
            clocked.tick();
            assertThat(clocked.pool.charge().charged()).as("each page has a survivor").isEqualTo(4 * MIB);
            while (handles.stream().anyMatch(handle -> handle.get() != null)) { // till the timeout
                System.gc();
            }
            List<PooledBuffer> again = new ArrayList<>();
            for (int i = 0; i < handles.size(); i++) {
                PooledBuffer buffer = clocked.pool.acquire(BufferRequest.of(256).zeroed());
                assertThat(((Chunk) buffer).isZeros()).as("known to be zeros, though it was used").isFalse();
                assertThat(buffer.segment().mismatch(MemorySegment.ofArray(new byte[256]))).isEqualTo(-1);
                again.add(buffer);
            }
            assertThat(clocked.pool.charge().charged()).as("the same chunks").isEqualTo(4 * MIB);
            again.forEach(PooledBuffer::release);
            survivors.forEach(PooledBuffer::release);
        }
    }

    private static List<WeakReference<PooledBuffer>> releaseAllButOneOnEachPage(
            ClockedPool clocked, List<PooledBuffer> survivors) {
        List<WeakReference<PooledBuffer>> handles = new ArrayList<>();
        for (PooledBuffer buffer : clocked.burst(4 * MIB, 256)) {
            if (buffer.address() % 4096 == 0) {
                survivors.add(buffer);
            } else {
                buffer.segment().fill((byte) 7);
                handles.add(new WeakReference<>(buffer));
                buffer.release();
            }
        }
        return handles;
    }

    @Test
    void aChunkThatGoesHomeWhileCachesAreDivertedKeepsItsHandleAndIsNotTakenForZeros() {
        try (ClockedPool clocked = new ClockedPool(oneArena())) {
            Chunk chunk = (Chunk) clocked.pool.acquire(65_536);
            chunk.attach("a wrapper");
            chunk.segment().fill((byte) 7);
            clocked.pool.diversion().begin();
            chunk.release();
            assertThat(clocked.pool.chunks().get(chunk.number())).isSameAs(chunk);
            List<PooledBuffer> again = clocked.burst(2 * MIB, 65_536);
            assertThat(again).contains(chunk);
            assertThat(chunk.attachment()).isEqualTo("a wrapper");
            assertThat(chunk.isZeros()).isFalse();
            again.forEach(PooledBuffer::release);
        }
    }

    @Test
    void whatWasUsedAndThenPurgedIsKnownToBeZerosAgain() {
        try (ClockedPool clocked = new ClockedPool(oneArena())) {
            List<PooledBuffer> burst = clocked.burst(2 * MIB, 256);
            PooledBuffer survivor = burst.removeFirst();
            burst.forEach(PooledBuffer::release);
            clocked.tick();
            clocked.tick();
            List<PooledBuffer> more = clocked.burst(MIB, 256);
            assertThat(more.stream().filter(buffer -> !((Chunk) buffer).isZeros()).count())
                    .as("those on the survivor's page")
                    .isEqualTo(15);
            more.forEach(PooledBuffer::release);
            survivor.release();
        }
    }
}
