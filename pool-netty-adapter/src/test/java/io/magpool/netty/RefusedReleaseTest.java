/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** A pool that refuses to take a buffer back keeps it acquired. Then the ByteBuf must be releasable once more. */
@Tag("core")
@ParameterizedClass
@EnumSource(names = {"DISABLED", "PARANOID"})
class RefusedReleaseTest {

    static final List<RuntimeException> REASONS = List.of(new IllegalStateException("a channel is at work"),
            new MemoryRefusedException("munmap of 4194304 bytes", "ENOMEM"));

    private final Queue<RuntimeException> refusals = new ArrayDeque<>();

    @Parameter
    ResourceLeakDetector.Level level;

    private ResourceLeakDetector.Level before;
    private BufferPool pool;
    private MagpoolByteBufAllocator allocator;

    @BeforeEach
    void open() {
        before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(level);
        pool = BufferPool.create(PoolConfig.defaults());
        allocator = new MagpoolByteBufAllocator(refusing(pool));
    }

    @AfterEach
    void nothingIsStillInUse() {
        ResourceLeakDetector.setLevel(before);
        pool.close();
    }

    @ParameterizedTest
    @FieldSource("REASONS")
    void theBufferLivesOnAndCanBeReleasedAgain(RuntimeException reason) {
        ByteBuf buf = allocator.directBuffer(4 << 20).writeLong(42);
        refusals.add(reason);
        assertThatThrownBy(buf::release).isSameAs(reason);
        assertThat(buf.refCnt()).isOne();
        assertThat(buf.getLong(0)).isEqualTo(42);
        assertThat(pool.statistics().largeBytes()).isEqualTo(4 << 20);

        assertThat(buf.release()).isTrue();
        assertThat(pool.statistics().acquiredBytes()).isZero();
    }

    @ParameterizedTest
    @FieldSource("REASONS")
    void aBufferThatGrowsKeepsItsMemoryAndTheRoomierGoesBack(RuntimeException reason) {
        ByteBuf buf = allocator.directBuffer(4 << 20).writeLong(42);
        refusals.add(reason);
        assertRefusedToGrow(buf, reason);
        assertThat(pool.statistics().largeBytes()).isEqualTo(4 << 20);

        assertThat(buf.capacity(8 << 20).getLong(0)).isEqualTo(42);
        assertThat(pool.statistics().largeBytes()).isEqualTo(8 << 20);
        assertThat(buf.release()).isTrue();
        assertThat(pool.statistics().acquiredBytes()).isZero();
    }

    @ParameterizedTest
    @FieldSource("REASONS")
    void whereTheRoomierIsRefusedTooItGoesBackBeforeTheNextBufferMoves(RuntimeException reason) {
        ByteBuf buf = allocator.directBuffer(4 << 20).writeLong(42);
        refuseBoth(reason);
        assertRefusedToGrow(buf, reason);
        assertThat(pool.statistics().largeBytes()).isEqualTo(12 << 20);

        refusals.add(new IllegalStateException("still at work")); // what was refused already
        refusals.add(reason);
        assertRefusedToGrow(buf, reason);
        assertThat(pool.statistics().largeBytes()).isEqualTo(12 << 20);

        assertThat(buf.capacity(8 << 20).getLong(0)).isEqualTo(42);
        assertThat(pool.statistics().largeBytes()).isEqualTo(8 << 20);
        assertThat(buf.release()).isTrue();
        assertThat(pool.statistics().acquiredBytes()).isZero();
    }

    @ParameterizedTest
    @FieldSource("REASONS")
    void whereTheRoomierIsRefusedTooItGoesBackWithTheAllocator(RuntimeException reason) {
        ByteBuf buf = allocator.directBuffer(4 << 20).writeLong(42);
        refuseBoth(reason);
        assertRefusedToGrow(buf, reason);
        assertThat(buf.release()).isTrue();
        assertThat(pool.statistics().largeBytes()).isEqualTo(8 << 20);
        allocator.close();
        assertThat(pool.statistics().acquiredBytes()).isZero();
    }

    private void refuseBoth(RuntimeException reason) {
        refusals.add(reason);
        refusals.add(new IllegalStateException("at work here too"));
    }

    private static void assertRefusedToGrow(ByteBuf buf, RuntimeException reason) {
        long address = buf.memoryAddress();
        assertThatThrownBy(() -> buf.capacity(8 << 20)).isSameAs(reason);
        assertThat(buf.capacity()).isEqualTo(4 << 20);
        assertThat(buf.memoryAddress()).isEqualTo(address);
        assertThat(buf.getLong(0)).isEqualTo(42);
    }

    /** The pool, except that a release throws what is to be thrown next, before it does anything. */
    private BufferPool refusing(BufferPool pool) {
        return (BufferPool) Proxy.newProxyInstance(BufferPool.class.getClassLoader(), new Class<?>[]{BufferPool.class},
                (self, method, args) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self.hashCode() == args[0].hashCode();
                    case "acquire" -> refusing((PooledBuffer) call(method, pool, args));
                    default -> call(method, pool, args);
                });
    }

    private PooledBuffer refusing(PooledBuffer buffer) {
        return (PooledBuffer) Proxy.newProxyInstance(PooledBuffer.class.getClassLoader(),
                new Class<?>[]{PooledBuffer.class}, (self, method, args) -> {
                    RuntimeException reason = method.getName().equals("release") ? refusals.poll() : null;
                    if (reason != null) {
                        throw reason;
                    }
                    return call(method, buffer, args);
                });
    }

    private static Object call(Method method, Object target, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
