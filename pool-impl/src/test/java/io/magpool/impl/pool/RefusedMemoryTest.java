/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.DumpFormat;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A system that refuses memory: the caller is told, nothing leaks, and the pool goes on. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class RefusedMemoryTest extends PoolTest {

    private static final Set<RefusingMemory.Call> EVERYWHERE =
            EnumSet.of(RefusingMemory.Call.RESERVE, RefusingMemory.Call.COMMIT, RefusingMemory.Call.RELEASE);
    private static final Set<RefusingMemory.Call> ON_LINUX =
            EnumSet.of(RefusingMemory.Call.RESIZE, RefusingMemory.Call.POPULATE);
    private static final int MANY = 10_000;
    private static final byte[] NINES = "\t".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    private static final long[] RESIZES = {5 * MIB, 2 * MIB, 4 * MIB + 1, 7 * MIB, 3 * MIB, 100_000};
    private static final long[] SIZES = {5000, 65_536, 600_000, MIB, 3 * MIB, 2 * MIB, 20_000};

    private RefusingMemory memory;
    private MagazinePool pool;
    private boolean prefault;

    @BeforeEach
    void createPool() {
        create(8 * MIB);
    }

    private void create(long maxBytes) {
        PoolConfig config = variant.config().maxBytes(maxBytes).arenas(1).prefault(prefault).build();
        Platform platform = Platform.choose(config, (int) Slab.BYTES);
        memory = new RefusingMemory(platform.memory());
        pool = new MagazinePool(config, new Platform(memory, platform.barrier(), platform.cores()));
    }

    /** Fills the pool with each size in turn, so that all calls happen; returns how many refusals it was told of. */
    private int exercise() {
        int told = 0;
        List<PooledBuffer> held = new ArrayList<>();
        for (long size : SIZES) {
            boolean full = false;
            while (!full) {
                try {
                    PooledBuffer buffer = pool.tryAcquire(size);
                    full = buffer == null;
                    if (!full) {
                        held.add(buffer);
                    }
                } catch (MemoryRefusedException refused) {
                    told++;
                    assertThat(told).as("refusals that the caller was told of").isLessThan(MANY);
                }
            }
            assertAddsUp(pool, held);
            List<PooledBuffer> kept = new ArrayList<>();
            for (int i = 0; i < held.size(); i++) {
                PooledBuffer buffer = held.get(i);
                if (i % 30 == 15) {
                    kept.add(buffer);
                } else {
                    told += releaseInspiteOfRefusals(buffer);
                }
            }
            held = kept;
            assertAddsUp(pool, held);
        }
        for (PooledBuffer buffer : held) {
            told += releaseInspiteOfRefusals(buffer);
        }
        return told + exerciseResizing();
    }

    /** A large buffer grows and shrinks; a smaller size is never refused, and a refused larger one changes nothing. */
    private int exerciseResizing() {
        int told = 0;
        PooledBuffer buffer = null;
        while (buffer == null) {
            try {
                buffer = pool.acquire(2 * MIB);
            } catch (MemoryRefusedException refused) {
                told++;
            }
        }
        buffer.segment().asSlice(0, 1000).fill((byte) 9);
        for (long size : RESIZES) {
            long before = buffer.size();
            try {
                buffer = buffer.reallocate(size);
                assertThat(buffer.size()).isEqualTo(size);
            } catch (MemoryRefusedException | PoolExhaustedException refused) {
                assertThat(size).as("the size that was refused").isGreaterThan(before);
                assertThat(buffer.size()).isEqualTo(before);
                told += refused instanceof MemoryRefusedException ? 1 : 0;
            }
            assertThat(buffer.segment().asSlice(0, 1000).mismatch(MemorySegment.ofArray(NINES))).isEqualTo(-1);
            assertAddsUp(pool, List.of(buffer));
        }
        told += releaseInspiteOfRefusals(buffer);
        return told;
    }

    private static int releaseInspiteOfRefusals(PooledBuffer buffer) {
        for (int told = 0;; told++) {
            try {
                buffer.release();
                return told;
            } catch (MemoryRefusedException refused) {
                assertThat(buffer.size()).as("still acquired").isPositive();
            }
        }
    }

    private void refuseEachInTurn(RefusingMemory.Call kind) {
        exercise();
        long n = memory.calls(kind);
        boolean possible = (!variant.isPortable() && !ON_LINUX.contains(kind)) || variant.isLinux()
                || EVERYWHERE.contains(kind);
        assertThat(n).as("calls of %s", kind).isBetween(possible ? 1L : 0L, 300L);
        pool.close();
        for (long granted = 0; granted < n; granted++) {
            create(8 * MIB);
            memory.refuse(kind, granted, 1);
            int told = exercise();
            assertThat(memory.refusals()).as("%s number %d", kind, granted).isEqualTo(1);
            assertThat(told)
                    .as("%s number %d is told once, or something else was of help", kind, granted)
                    .isBetween(0, 1);
            assertAddsUp(pool, List.of());
            pool.close();
            assertThat(memory.reservedBytes()).as("leaked after %s number %d", kind, granted).isZero();
            assertThat(pool.statistics().chargedBytes()).isZero();
        }
    }

    @Test
    void eachReservationMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.RESERVE);
    }

    @Test
    void eachCommitMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.COMMIT);
    }

    @Test
    void eachDecommitMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.DECOMMIT);
    }

    @Test
    void eachPurgeMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.PURGE);
    }

    @Test
    void eachResizingMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.RESIZE);
    }

    /** A hint: the pages come when they are written. */
    @Test
    void eachPopulationMayBeRefused() {
        prefault = true;
        create(8 * MIB);
        refuseEachInTurn(RefusingMemory.Call.POPULATE);
    }

    /** Whoever looks is told that nothing is known of a slab, or that nothing is there. */
    @Test
    void eachLookAtWhatIsResidentMayBeRefused() {
        boolean refused = true;
        for (long granted = 0; refused; granted++) {
            assertThat(granted).as("looks").isLessThan(MANY);
            pool.close();
            create(16 * MIB);
            List<PooledBuffer> held = acquireOfEachSize();
            held.forEach(buffer -> buffer.segment().fill((byte) 1));
            held.removeLast().release();
            memory.refuse(RefusingMemory.Call.LOOK, granted, 1);
            long resident = pool.statistics().residentBytes().orElse(0);
            assertThat(pool.dump(DumpFormat.HTML)).isNotEmpty();
            long gone = pool.trim(TrimDepth.FULL).goneBytes().orElse(0);
            refused = memory.refusals() != 0;
            assertThat(resident).as("resident").isBetween(0L, pool.statistics().reservedBytes() + 3 * MIB);
            assertThat(gone).as("gone").isBetween(0L, resident + 3 * MIB);
            assertAddsUp(pool, held);
            release(held);
            assertAddsUp(pool, List.of());
        }
        assertThat(memory.calls(RefusingMemory.Call.LOOK)).as("looks").isGreaterThan(variant.isLinux() ? 20 : -1);
        pool.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    /** The segment of a mapping is built when it is first asked for, and again after it was resized. */
    @Test
    void eachBoundMayBeRefused() {
        boolean refused = true;
        for (long granted = 0; refused; granted++) {
            assertThat(granted).as("bounds").isLessThan(MANY);
            pool.close();
            create(16 * MIB);
            memory.refuse(RefusingMemory.Call.BOUND, granted, 1);
            PooledBuffer buffer = pool.acquire(2 * MIB);
            fillInspiteOfARefusal(buffer, (byte) 1);
            buffer = buffer.reallocate(6 * MIB);
            assertThat(buffer.size()).isEqualTo(6 * MIB);
            fillInspiteOfARefusal(buffer, (byte) 2);
            assertAddsUp(pool, List.of(buffer));
            buffer.release();
            assertAddsUp(pool, List.of());
            refused = memory.refusals() != 0;
        }
        assertThat(memory.calls(RefusingMemory.Call.BOUND)).as("bounds").isEqualTo(variant.isLinux() ? 2 : 0);
        pool.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    private static void fillInspiteOfARefusal(PooledBuffer buffer, byte value) {
        try {
            buffer.segment().fill(value);
        } catch (MemoryRefusedException refused) {
            buffer.segment().fill(value);
        }
        assertThat(buffer.segment().get(ValueLayout.JAVA_BYTE, buffer.size() - 1)).isEqualTo(value);
    }

    @Test
    void eachReleaseBeforeTheCloseMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.RELEASE);
    }

    /** A heap buffer's array, or the segment of off-heap memory, is built when it is first asked for. */
    @Test
    void eachPieceMayBeRefused() {
        long n = usePieces();
        assertThat(n).as("pieces").isGreaterThan(5);
        for (long granted = 0; granted < n; granted++) {
            pool.close();
            create(8 * MIB);
            memory.refuse(RefusingMemory.Call.PIECE, granted, 1);
            usePieces();
            assertThat(memory.refusals()).as("piece number %d", granted).isEqualTo(1);
        }
        pool.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    private long usePieces() {
        for (long size : SIZES) {
            PooledBuffer buffer = acquireInspiteOfRefusals(size);
            try {
                buffer.segment().fill((byte) 1);
            } catch (MemoryRefusedException refused) {
                assertThat(buffer.size()).as("still acquired, and as good as before").isEqualTo(size);
                buffer.segment().fill((byte) 1);
            }
            assertAddsUp(pool, List.of(buffer));
            buffer.release();
        }
        assertAddsUp(pool, List.of());
        return memory.calls(RefusingMemory.Call.PIECE);
    }

    private PooledBuffer acquireInspiteOfRefusals(long size) {
        try {
            return pool.acquire(size);
        } catch (MemoryRefusedException refused) {
            assertAddsUp(pool, List.of());
            return pool.acquire(size);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachCallOfACloseMayBeRefused(RefusingMemory.Call kind) {
        boolean refused = true;
        for (long granted = 0; refused; granted++) {
            assertThat(granted).as("calls of a close").isLessThan(MANY);
            create(16 * MIB);
            release(acquireOfEachSize());
            memory.refuse(kind, granted, 1);
            AtomicInteger ended = new AtomicInteger();
            pool.life().afterClose(ended::incrementAndGet);
            boolean told = isRefused(pool::close);
            refused = memory.refusals() != 0;
            assertThat(told && !refused).as("a refusal that was none, %s number %d", kind, granted).isFalse();
            assertThat(ended).as("the end is told of, whatever the system does").hasValue(1);
            assertThatThrownBy(() -> pool.acquire(100)).isInstanceOf(PoolClosedException.class);
            pool.abandon();
            assertNothingIsLeft(kind, granted);
        }
    }

    /** The last release of an abandoned pool gives all memory back. The releasing thread has no use for a refusal. */
    @ParameterizedTest
    @EnumSource
    void eachCallOfTheLastReleaseMayBeRefused(RefusingMemory.Call kind) {
        boolean refused = true;
        for (long granted = 0; refused; granted++) {
            assertThat(granted).as("calls of the last releases").isLessThan(MANY);
            create(16 * MIB);
            List<PooledBuffer> held = acquireOfEachSize();
            assertThat(pool.abandon().acquiredBuffers()).isEqualTo(held.size());
            memory.refuse(kind, granted, 1);
            release(held);
            refused = memory.refusals() != 0;
            assertThat(pool.abandon().acquiredBuffers()).isZero();
            assertNothingIsLeft(kind, granted);
        }
    }

    private List<PooledBuffer> acquireOfEachSize() {
        List<PooledBuffer> held = new ArrayList<>();
        for (long size : new long[]{64, 5000, 70_000, 2 * MIB, 3 * MIB}) {
            held.add(pool.acquire(size));
        }
        return held;
    }

    private static boolean isRefused(Runnable action) {
        try {
            action.run();
            return false;
        } catch (MemoryRefusedException bySystem) {
            return true;
        }
    }

    private void assertNothingIsLeft(RefusingMemory.Call kind, long granted) {
        assertThat(memory.reservedBytes()).as("leaked after %s number %d", kind, granted).isZero();
        assertThat(pool.statistics().reservedBytes()).as("reserved after %s number %d", kind, granted).isZero();
        assertThat(pool.statistics().chargedBytes()).as("charged after %s number %d", kind, granted).isZero();
    }

    @Test
    void theFirstReservationIsTriedAgainSmaller() {
        org.junit.jupiter.api.Assumptions.assumeFalse(variant.isPortable(), "portable regions are small already");
        memory.refuse(RefusingMemory.Call.RESERVE, 0, 1);
        pool.acquire(100).release();
        assertThat(memory.refusals()).isEqualTo(1);
        assertThat(memory.reservedBytes()).isEqualTo(2 * MIB);
        exercise();
        assertAddsUp(pool, List.of());
        pool.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void aSystemThatRefusesEverythingIsReportedEachTimeAndForgivenAfterwards() {
        memory.refuse(RefusingMemory.Call.RESERVE, 0, Long.MAX_VALUE);
        for (long size : SIZES) {
            assertThatThrownBy(() -> pool.acquire(size)).isInstanceOf(MemoryRefusedException.class);
            assertThatThrownBy(() -> pool.tryAcquire(size)).isInstanceOf(MemoryRefusedException.class);
        }
        assertThat(pool.statistics().chargedBytes()).isZero();
        assertAddsUp(pool, List.of());
        memory.refuse(RefusingMemory.Call.RESERVE, Long.MAX_VALUE, 0);
        exercise();
        pool.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void aLargeBufferGrowsWithoutASecondMapping() {
        org.junit.jupiter.api.Assumptions.assumeTrue(variant.isLinux(), "the JVM's memory cannot be resized");
        PooledBuffer buffer = pool.acquire(2 * MIB);
        assertThat(buffer.reallocate(6 * MIB)).isSameAs(buffer);
        assertThat(memory.calls(RefusingMemory.Call.RESERVE)).isEqualTo(1);
        assertThat(memory.calls(RefusingMemory.Call.RESIZE)).isEqualTo(1);
        buffer.release();
        pool.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void aRefusedRemapIsMadeGoodByACopy() {
        create(16 * MIB);
        PooledBuffer buffer = pool.acquire(2 * MIB);
        buffer.segment().fill((byte) 3);
        memory.refuse(RefusingMemory.Call.RESIZE, 0, 1);
        PooledBuffer grown = buffer.reallocate(4 * MIB);
        assertThat(grown.segment().get(ValueLayout.JAVA_BYTE, 2 * MIB - 1)).isEqualTo((byte) 3);
        assertAddsUp(pool, List.of(grown));
        grown.release();
        pool.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void whatCannotBeCommittedNorGivenBackIsNotCharged() {
        memory.refuse(RefusingMemory.Call.COMMIT, 0, Long.MAX_VALUE);
        memory.refuseToo(RefusingMemory.Call.RELEASE);
        assertThatThrownBy(() -> pool.acquire(3 * MIB)).isInstanceOf(MemoryRefusedException.class);
        assertThat(pool.statistics().chargedBytes()).isZero();
        assertThat(pool.statistics().reservedBytes()).as("as often as it was tried").isPositive();
        memory.refuse(RefusingMemory.Call.RELEASE, Long.MAX_VALUE, 0);
        pool.close();
        assertThat(pool.statistics().reservedBytes()).isZero();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void aRefusedReallocationChangesNothing() {
        PooledBuffer buffer = pool.acquire(100);
        memory.refuse(RefusingMemory.Call.RESERVE, 0, Long.MAX_VALUE);
        assertThatThrownBy(() -> buffer.reallocate(3 * MIB)).isInstanceOf(MemoryRefusedException.class);
        assertThat(buffer.size()).isEqualTo(100);
        assertAddsUp(pool, List.of(buffer));
        buffer.release();
        pool.close();
    }

    @Test
    void aLargeBufferThatTheSystemDoesNotTakeBackIsReleasedAllTheSameAndOfferedAgain() {
        PooledBuffer buffer = pool.acquire(3 * MIB);
        memory.refuse(RefusingMemory.Call.RELEASE, 0, 1);
        buffer.release();
        assertThat(memory.refusals()).isEqualTo(1);
        assertThatThrownBy(buffer::release).isInstanceOf(BufferNotAcquiredException.class);
        assertThat(pool.statistics().chargedBytes()).isEqualTo(3 * MIB);
        assertThat(pool.statistics().cachedLargeBytes()).isEqualTo(3 * MIB);
        assertThat(pool.statistics().reservedBytes()).isEqualTo(3 * MIB);
        assertAddsUp(pool, List.of());
        pool.acquire(7 * MIB).release();
        assertThat(pool.statistics().chargedBytes()).isZero();
        assertThat(memory.reservedBytes()).isZero();
        pool.close();
    }

    @Test
    void whatTheSystemDoesNotTakeBackAtTheCloseEitherIsReportedAndOfferedAgain() {
        PooledBuffer buffer = pool.acquire(3 * MIB);
        memory.refuse(RefusingMemory.Call.RELEASE, 0, 2);
        buffer.release();
        assertThatThrownBy(pool::close).isInstanceOf(MemoryRefusedException.class);
        assertThat(pool.statistics().chargedBytes()).isEqualTo(3 * MIB);
        pool.abandon();
        assertThat(pool.statistics().chargedBytes()).isZero();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void aRegionWhoseReleaseIsRefusedDoesNotKeepTheOthersFromGoing() {
        create(16 * MIB);
        List<PooledBuffer> held = new ArrayList<>();
        for (long size : new long[]{64, 1000, 5000, 70_000, 300_000, MIB}) {
            held.add(pool.acquire(size));
        }
        release(held);
        long before = memory.reservedBytes();
        memory.refuse(RefusingMemory.Call.RELEASE, 0, 1);
        assertThatThrownBy(pool::close).isInstanceOf(MemoryRefusedException.class);
        assertThat(memory.reservedBytes()).isPositive().isLessThanOrEqualTo(before / 2);
        pool.abandon();
        assertThat(memory.reservedBytes()).as("after another try").isZero();
    }
}
