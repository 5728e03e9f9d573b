/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimReport;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.slab.Slab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a trim asks of the system: which pages, in which order, on whose thread, and what goes on meanwhile. */
@Timeout(60)
class TrimCallsTest {

    private static final long MIB = 1L << 20;

    private WatchedMemory memory;

    private record Call(Thread thread, long address, long bytes) {}

    /** Notes each call that drops pages, and lets something happen during it. */
    private static final class WatchedMemory extends ForwardingMemory {

        private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
        private Runnable meanwhile = () -> {};

        WatchedMemory(Memory real) {
            super(real);
        }

        @Override
        public void purge(long address, long bytes) {
            note(address, bytes);
            super.purge(address, bytes);
        }

        @Override
        public void decommit(long address, long bytes) {
            note(address, bytes);
            super.decommit(address, bytes);
        }

        private void note(long address, long bytes) {
            calls.add(new Call(Thread.currentThread(), address, bytes));
            meanwhile.run();
        }
    }

    @BeforeEach
    void assumeLinux() {
        Variant.LINUX_ASYMMETRIC.assumePossible();
    }

    /** One arena, so that a burst fills its slabs, on whatever core: an empty one is charged for less than it has. */
    private ClockedPool open() {
        PoolConfig.Builder config =
                PoolConfig.builder().memory(MemoryKind.LINUX).maxBytes(256 * MIB).arenas(1);
        return new ClockedPool(config, real -> memory = new WatchedMemory(real));
    }

    /** Releases all but one in so many, at random. */
    private static List<PooledBuffer> survivors(List<PooledBuffer> burst, int oneIn, long seed) {
        Collections.shuffle(burst, new Random(seed));
        List<PooledBuffer> survivors = burst.subList(0, burst.size() / oneIn);
        burst.subList(survivors.size(), burst.size()).forEach(PooledBuffer::release);
        return survivors;
    }

    @Test
    void theRunsOfASlabGoInAddressOrderEachByOneCall() {
        long seed = System.nanoTime();
        try (ClockedPool clocked = open()) {
            List<PooledBuffer> survivors = survivors(clocked.burst(32 * MIB, 4096), 20, seed);
            TrimReport report = clocked.pool.trim(TrimDepth.FULL);
            Map<Long, Long> endInSlab = new HashMap<>();
            long sum = 0;
            for (Call call : memory.calls) {
                Long before = endInSlab.put(call.address & -Slab.BYTES, call.address + call.bytes);
                assertThat(call.address)
                        .as("seed %d: behind the last run and a page that stays", seed)
                        .isGreaterThan(before == null ? 0 : before);
                sum += call.bytes;
            }
            assertThat(memory.calls).as("seed %d", seed).hasSize((int) report.calls());
            assertThat(report.runs()).isEqualTo(report.calls());
            assertThat(sum).as("seed %d", seed).isEqualTo(report.advisedBytes()).isEqualTo(report.askedBytes());
            survivors.forEach(PooledBuffer::release);
        }
    }

    @Test
    void aThreadThatServesNeverCallsTheSystemForIt() throws InterruptedException {
        try (ClockedPool clocked = open()) {
            Thread trimmer = null;
            for (int round = 0; round < 8; round++) {
                for (int size : new int[]{100, 4096, 70_000}) {
                    clocked.burst(2 * MIB, size).forEach(PooledBuffer::release);
                }
                trimmer = Thread.ofPlatform().name("trims").start(() -> {
                    clocked.tick();
                    clocked.tick();
                });
                trimmer.join();
            }
            assertThat(memory.calls).isNotEmpty().allSatisfy(
                    call -> assertThat(call.thread.getName()).isEqualTo("trims"));
        }
    }

    @Test
    void othersAreServedWhileTheSystemDropsPages() {
        List<String> late = new ArrayList<>();
        try (ClockedPool clocked = open()) {
            List<PooledBuffer> survivors = survivors(clocked.burst(8 * MIB, 4096), 10, 1);
            clocked.tick();
            memory.meanwhile = () -> {
                if (memory.calls.size() < 5) {
                    late.addAll(serve(clocked));
                }
            };
            clocked.tick();
            assertThat(memory.calls).hasSizeGreaterThan(5);
            assertThat(late).isEmpty();
            survivors.forEach(PooledBuffer::release);
        }
    }

    /** Uses the pool on other threads, and says which were kept waiting. */
    private static List<String> serve(ClockedPool clocked) {
        Runnable work = () -> {
            List<PooledBuffer> held = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                held.add(clocked.pool.acquire(4096));
            }
            held.forEach(PooledBuffer::release);
            clocked.pool.statistics();
        };
        List<String> late = new ArrayList<>();
        for (Thread thread : List.of(Thread.ofPlatform().start(work), Thread.ofVirtual().start(work))) {
            try {
                if (!thread.join(Duration.ofSeconds(10))) {
                    late.add(thread.toString());
                }
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        }
        return late;
    }

    @Test
    void aRefusedTickLosesNothingAndTheNextGoesOn() {
        long seed = System.nanoTime();
        try (ClockedPool clocked = open()) {
            List<PooledBuffer> survivors = survivors(clocked.burst(8 * MIB, 4096), 10, seed);
            clocked.tick();
            memory.meanwhile = () -> {
                if (memory.calls.size() == 20) {
                    throw new MemoryRefusedException("a purge", "the test wants it");
                }
            };
            assertThatThrownBy(clocked::tick).isInstanceOf(MemoryRefusedException.class);
            clocked.tick();
            assertThat(clocked.pool.charge().charged()).as("seed %d", seed).isEqualTo(survivors.size() * 4096L);
            List<PooledBuffer> again = clocked.burst(8 * MIB, 4096);
            assertThat(again.stream().map(PooledBuffer::address)).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(again).as("seed %d", seed).doesNotContainAnyElementsOf(survivors);
            again.forEach(PooledBuffer::release);
            survivors.forEach(PooledBuffer::release);
        }
    }
}
