/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PoolConfig.Storage;
import io.magpool.impl.Eventually;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the machine's side, for each way to reach it. */
@Tag("core")
@ParameterizedClass
@EnumSource(names = {"LINUX", "PORTABLE"})
class PlatformTest {

    private static final long SLAB = 2L << 20;

    @Parameter
    MemoryKind kind;

    private Platform platform;
    private Memory memory;

    @BeforeEach
    void choosePlatform() {
        org.junit.jupiter.api.Assumptions.assumeTrue(kind == MemoryKind.PORTABLE || isLinuxPossible());
        platform = Platform.choose(kind, Storage.OFF_HEAP, 2 << 20);
        memory = platform.memory();
    }

    private static boolean isLinuxPossible() {
        return System.getProperty("os.name").equals("Linux")
                && Platform.class.getModule().isNativeAccessEnabled();
    }

    @Test
    void committedMemoryIsZerosAndKeepsWhatIsWritten() {
        AddressRange range = memory.reserve(2 * SLAB, SLAB);
        assertThat(range.bytes()).isEqualTo(2 * SLAB);
        assertThat(range.address() % SLAB).isZero();
        memory.commit(range.address() + SLAB, SLAB);
        MemorySegment slab = range.segment().asSlice(SLAB, SLAB);
        for (long at = 0; at < SLAB; at += 4096) {
            assertThat(slab.get(ValueLayout.JAVA_LONG, at)).isZero();
            slab.set(ValueLayout.JAVA_LONG, at, at + 1);
        }
        for (long at = 0; at < SLAB; at += 4096) {
            assertThat(slab.get(ValueLayout.JAVA_LONG, at)).isEqualTo(at + 1);
        }
        memory.release(range);
    }

    @Test
    void purgedPagesReadZerosAndTheirNeighboursKeepTheirContent() {
        org.junit.jupiter.api.Assumptions.assumeTrue(memory.canPurge());
        AddressRange range = memory.reserve(SLAB, SLAB);
        memory.commit(range.address(), SLAB);
        range.segment().fill((byte) 7);
        memory.purge(range.address() + 4096, 8192);
        assertThat(range.segment().get(ValueLayout.JAVA_BYTE, 4095)).isEqualTo((byte) 7);
        assertThat(range.segment().asSlice(4096, 8192).mismatch(MemorySegment.ofArray(new byte[8192])))
                .isEqualTo(-1);
        assertThat(range.segment().get(ValueLayout.JAVA_BYTE, 4096 + 8192)).isEqualTo((byte) 7);
        memory.release(range);
    }

    @Test
    void allRunsThatWerePurgedReadZerosAndWhatIsBetweenThemKeepsItsContent() {
        org.junit.jupiter.api.Assumptions.assumeTrue(memory.canPurge());
        AddressRange range = memory.reserve(SLAB, SLAB);
        memory.commit(range.address(), SLAB);
        range.segment().fill((byte) 7);
        PageRuns runs = new PageRuns();
        for (long at = 0; at + 4096 < SLAB; at += 3 * 4096) {
            runs.add(range.address() + at, range.address() + at + 4096);
        }
        for (int done = 0; done < runs.count();) {
            done += memory.purge(runs, done);
        }
        for (long at = 0; at < SLAB; at += 1024) {
            boolean purged = at / 4096 % 3 == 0 && at / 4096 != SLAB / 4096 - 1;
            assertThat(range.segment().get(ValueLayout.JAVA_BYTE, at)).as("at %d", at)
                    .isEqualTo((byte) (purged ? 0 : 7));
        }
        memory.release(range);
    }

    @Test
    void decommittedMemoryCanBeCommittedAgain() {
        org.junit.jupiter.api.Assumptions.assumeTrue(memory.canPurge());
        AddressRange range = memory.reserve(SLAB, SLAB);
        memory.commit(range.address(), SLAB);
        range.segment().fill((byte) 7);
        memory.decommit(range.address(), SLAB);
        memory.commit(range.address(), SLAB);
        assertThat(range.segment().mismatch(MemorySegment.ofArray(new byte[(int) SLAB]))).isEqualTo(-1);
        memory.release(range);
    }

    @Test
    void aResizedRangeKeepsItsContentAndGainsZeros() {
        AddressRange range = memory.reserve(SLAB, 4096);
        memory.commit(range.address(), SLAB);
        range.segment().fill((byte) 7);
        long address = memory.resize(range, 8 * SLAB, 4096);
        if (!memory.isMapped()) {
            assertThat(address).isEqualTo(Memory.NOT_RESIZED);
            memory.release(range);
            return;
        }
        AddressRange grown = AddressRange.at(address, 8 * SLAB);
        for (long at = 0; at < 8 * SLAB; at += 1024) {
            assertThat(grown.segment().get(ValueLayout.JAVA_BYTE, at)).isEqualTo((byte) (at < SLAB ? 7 : 0));
        }
        assertThat(memory.resize(grown, 4096, 4096)).isEqualTo(address);
        AddressRange shrunk = AddressRange.at(address, 4096);
        assertThat(shrunk.segment().get(ValueLayout.JAVA_BYTE, 4095)).isEqualTo((byte) 7);
        memory.release(shrunk);
    }

    @Test
    void aRangeDoesNotMoveWhereItsAlignmentWouldBeLost() {
        org.junit.jupiter.api.Assumptions.assumeTrue(memory.isMapped());
        AddressRange range = memory.reserve(SLAB, SLAB);
        memory.commit(range.address(), SLAB);
        long address = memory.resize(range, 64 * SLAB, SLAB);
        assertThat(address).isIn(Memory.NOT_RESIZED, range.address());
        memory.release(address == Memory.NOT_RESIZED ? range : AddressRange.at(address, 64 * SLAB));
    }

    @Test
    void aBoundedSegmentIsTheSameMemory() {
        AddressRange range = memory.reserve(8192, 4096);
        memory.commit(range.address(), 8192);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment bounded = memory.boundedBy(memory.piece(range, 0, 8192), arena);
            bounded.set(ValueLayout.JAVA_BYTE, 8191, (byte) 3);
            assertThat(range.segment().get(ValueLayout.JAVA_BYTE, 8191)).isEqualTo((byte) 3);
        }
        memory.release(range);
    }

    @Test
    void whatTheSystemRefusesIsNamed() {
        assertThatThrownBy(() -> memory.reserve(1L << 60, 4096))
                .isInstanceOf(MemoryRefusedException.class)
                .hasMessageContaining("1152921504606846976 bytes")
                .hasMessageContaining("refused");
    }

    @Test
    void theGrainIsAPageOrASlab() {
        assertThat(memory.grainBytes(64)).isEqualTo(kind == MemoryKind.LINUX ? 4096 : (int) SLAB);
        assertThat(memory.canPurge()).isEqualTo(kind == MemoryKind.LINUX);
        assertThat(memory.name()).isEqualTo(kind == MemoryKind.LINUX ? "linux" : "portable");
        assertThat(memory.regionBytes() % SLAB).isZero();
    }

    @Test
    void coreNumbersAreNotNegative() {
        for (int i = 0; i < 1000; i++) {
            assertThat(platform.cores().current()).isNotNegative();
        }
    }

    @Test
    void theBarrierIsNamedAndRuns() {
        assertThat(platform.barrier().name()).isIn("membarrier", "handshake");
        for (int i = 0; i < 100; i++) {
            platform.barrier().execute();
        }
    }

    @Test
    void theBarrierReachesThreadsThatSpin() throws InterruptedException {
        AtomicInteger rounds = new AtomicInteger();
        List<Thread> spinning = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            spinning.add(Thread.ofPlatform().daemon().start(() -> {
                while (rounds.getOpaque() < 50) {
                    Thread.onSpinWait();
                }
            }));
        }
        for (int i = 0; i < 50; i++) {
            platform.barrier().execute();
            rounds.incrementAndGet();
        }
        for (Thread thread : spinning) {
            Eventually.ended(thread);
        }
    }

    @Test
    void arraysThatCannotBeAreRefusedWithTheirSize() {
        HeapMemory arrays = new HeapMemory();
        long tooLong = 1L << 31;
        assertThatThrownBy(() -> arrays.piece(arrays.reserve(tooLong, 1), 0, tooLong))
                .isInstanceOf(MemoryRefusedException.class)
                .hasMessageStartingWith("an array of 2147483648 bytes was refused: an array has at most ");
    }

    @Test
    void autoTakesLinuxWhereItIsPossible() {
        assertThat(Platform.choose(MemoryKind.AUTO, Storage.OFF_HEAP, 2 << 20).memory().name())
                .isEqualTo(isLinuxPossible() ? "linux" : "portable");
    }

    @Test
    void demandingLinuxWhereItIsImpossibleTellsTheWayOut() {
        org.junit.jupiter.api.Assumptions.assumeFalse(isLinuxPossible());
        assertThatThrownBy(() -> Platform.choose(MemoryKind.LINUX, Storage.OFF_HEAP, 2 << 20))
                .isInstanceOf(MemoryRefusedException.class)
                .hasMessageStartingWith("memory kind linux was refused: ");
    }
}
