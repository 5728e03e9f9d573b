/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("core")
@ParameterizedClass
@EnumSource
class ReferenceCountTest {

    @Parameter
    Kind kind;

    @RegisterExtension
    final OpenAllocator allocators = new OpenAllocator(64 * TestAllocators.MIB);

    private static final int RACES = 20_000;

    @Test
    void aSecondReleaseIsRefusedInNettysWords() {
        ByteBuf buf = buffer(100);
        assertThat(buf.release()).isTrue();
        assertThatThrownBy(buf::release).isInstanceOf(IllegalReferenceCountException.class)
                .hasMessage("refCnt: 0, decrement: 1");
        assertThatThrownBy(buf::retain).isInstanceOf(IllegalReferenceCountException.class)
                .hasMessage("refCnt: 0, increment: 1");
        assertThat(buf.refCnt()).isZero();
        assertThat(TestAllocators.acquired(allocators.get())).isZero();
    }

    @Test
    void tooLargeAReleaseChangesNothing() {
        ByteBuf buf = TestAllocators.root(buffer(100)).retain(4);
        assertThatThrownBy(() -> buf.release(6)).isInstanceOf(IllegalReferenceCountException.class)
                .hasMessage("refCnt: 5, decrement: 6");
        assertThat(buf.refCnt()).isEqualTo(5);
        assertThat(buf.release(4)).isFalse();
        assertThat(buf.release()).isTrue();
    }

    @Test
    void overflowChangesNothing() {
        ByteBuf buf = TestAllocators.root(buffer(100)).retain(Integer.MAX_VALUE - 1);
        assertThatThrownBy(buf::retain).isInstanceOf(IllegalReferenceCountException.class);
        assertThatThrownBy(() -> buf.retain(Integer.MAX_VALUE)).isInstanceOf(IllegalReferenceCountException.class);
        assertThat(buf.refCnt()).isEqualTo(Integer.MAX_VALUE);
        assertThat(buf.release(Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void changesMustBePositive() {
        ByteBuf buf = TestAllocators.root(buffer(100));
        for (int change : new int[]{0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> buf.retain(change));
            assertThatIllegalArgumentException().isThrownBy(() -> buf.release(change));
        }
        assertThat(buf.refCnt()).isOne();
        buf.release();
    }

    @Test
    void ofTwoRacingReleasesOneWins() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            for (int race = 0; race < RACES; race++) {
                MagpoolByteBuf buf = TestAllocators.root(buffer(100));
                Future<Boolean> theirs = other.submit(() -> releasedAfter(start, buf));
                boolean ours = releasedAfter(start, buf);
                assertThat(ours ^ theirs.get()).as("race %d: exactly one wins", race).isTrue();
                assertThat(buf.refCnt()).isZero();
            }
        }
        assertThat(TestAllocators.acquired(allocators.get())).isZero();
    }

    private static boolean releasedAfter(CyclicBarrier start, ByteBuf buf) throws Exception {
        start.await();
        try {
            return buf.release();
        } catch (IllegalReferenceCountException refused) {
            return false;
        }
    }

    @Test
    void retainsAndReleasesOfManyThreadsAddUp() throws Exception {
        ByteBuf buf = TestAllocators.root(buffer(100));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < RACES; i++) {
                        buf.retain(3);
                        buf.release();
                        buf.release(2);
                    }
                });
            }
        }
        assertThat(buf.refCnt()).isOne();
        assertThat(buf.release()).isTrue();
    }

    @Test
    void aRetainedSliceMayBeReleasedLastOnAnotherThread() throws ExecutionException, InterruptedException {
        ByteBuf buf = buffer(100).writeLong(42);
        ByteBuf slice = buf.retainedSlice(0, 8);
        assertThat(buf.release()).isFalse();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Long> content = other.submit(() -> slice.getLong(0));
            assertThat(content.get()).isEqualTo(42);
            assertThat(other.submit(() -> slice.release()).get()).isTrue();
        }
        assertThat(buf.refCnt()).isZero();
        assertThat(TestAllocators.acquired(allocators.get())).isZero();
    }

    @Test
    @Tag("nettydefaults")
    void aReleasedBufferRefusesAccess() {
        ByteBuf buf = buffer(100).writeLong(42);
        buf.release();
        assertThatThrownBy(() -> buf.getLong(0)).isInstanceOf(IllegalReferenceCountException.class);
        assertThatThrownBy(() -> buf.setByte(0, 1)).isInstanceOf(IllegalReferenceCountException.class);
        assertThatThrownBy(buf::memoryAddress).isInstanceOf(IllegalReferenceCountException.class);
        assertThatThrownBy(() -> buf.capacity(10)).isInstanceOf(IllegalReferenceCountException.class);
        assertThatThrownBy(() -> buf.internalNioBuffer(0, 1)).isInstanceOf(IllegalReferenceCountException.class);
        assertThat(buf.toString()).contains("ByteBuf(freed)");
    }

    @Test
    @Tag("nettydefaults")
    void aReleasedBufferIsNeitherSourceNorTargetOfACopy() {
        for (Kind otherKind : Kind.values()) {
            ByteBuf other = otherKind.buffer(allocators.get(), 100).writeLong(42);
            ByteBuf stale = buffer(100).writeLong(1);
            ByteBuf slice = stale.slice(0, 8);
            stale.release();
            for (ByteBuf gone : new ByteBuf[]{stale, slice}) {
                assertThatThrownBy(() -> other.setBytes(0, gone, 0, 8))
                        .isInstanceOf(IllegalReferenceCountException.class);
                assertThatThrownBy(() -> other.getBytes(0, gone, 0, 8))
                        .isInstanceOf(IllegalReferenceCountException.class);
            }
            assertThat(other.getLong(0)).isEqualTo(42);
            other.release();
        }
    }

    private ByteBuf buffer(int capacity) {
        return kind.buffer(allocators.get(), capacity);
    }
}
