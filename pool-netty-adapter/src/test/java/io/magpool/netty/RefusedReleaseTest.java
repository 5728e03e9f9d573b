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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pool that refuses to take a buffer back keeps it acquired. Then the ByteBuf must be releasable once more. */
@Tag("core")
class RefusedReleaseTest {

    private final AtomicReference<RuntimeException> refusal = new AtomicReference<>();

    @ParameterizedTest
    @EnumSource(names = {"DISABLED", "PARANOID"})
    void theBufferLivesOnAndCanBeReleasedAgain(ResourceLeakDetector.Level level) {
        ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(level);
        try (BufferPool pool = BufferPool.create(PoolConfig.defaults())) {
            MagpoolByteBufAllocator allocator = new MagpoolByteBufAllocator(refusing(pool));
            for (RuntimeException reason : new RuntimeException[]{new IllegalStateException("a channel is at work"),
                    new MemoryRefusedException("munmap of 4194304 bytes", "ENOMEM")}) {
                ByteBuf buf = allocator.directBuffer(4 << 20).writeLong(42);
                refusal.set(reason);
                assertThatThrownBy(buf::release).isSameAs(reason);
                assertThat(buf.refCnt()).isOne();
                assertThat(buf.getLong(0)).isEqualTo(42);
                assertThat(pool.statistics().largeBytes()).isEqualTo(4 << 20);

                assertThat(buf.release()).isTrue();
                assertThat(pool.statistics().acquiredBytes()).isZero();
            }
        } finally {
            ResourceLeakDetector.setLevel(before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DISABLED", "PARANOID"})
    void aBufferThatGrowsKeepsItsMemoryAndTheRoomierGoesBack(ResourceLeakDetector.Level level) {
        ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(level);
        try (BufferPool pool = BufferPool.create(PoolConfig.defaults())) {
            MagpoolByteBufAllocator allocator = new MagpoolByteBufAllocator(refusing(pool));
            for (RuntimeException reason : new RuntimeException[]{new IllegalStateException("a channel is at work"),
                    new MemoryRefusedException("munmap of 4194304 bytes", "ENOMEM")}) {
                ByteBuf buf = allocator.directBuffer(4 << 20).writeLong(42);
                long address = buf.memoryAddress();
                refusal.set(reason);
                assertThatThrownBy(() -> buf.capacity(8 << 20)).isSameAs(reason);
                assertThat(buf.capacity()).isEqualTo(4 << 20);
                assertThat(buf.memoryAddress()).isEqualTo(address);
                assertThat(buf.getLong(0)).isEqualTo(42);
                assertThat(pool.statistics().largeBytes()).isEqualTo(4 << 20);

                assertThat(buf.capacity(8 << 20).getLong(0)).isEqualTo(42);
                assertThat(pool.statistics().largeBytes()).isEqualTo(8 << 20);
                assertThat(buf.release()).isTrue();
                assertThat(pool.statistics().acquiredBytes()).isZero();
            }
        } finally {
            ResourceLeakDetector.setLevel(before);
        }
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
                    RuntimeException reason = method.getName().equals("release") ? refusal.getAndSet(null) : null;
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
