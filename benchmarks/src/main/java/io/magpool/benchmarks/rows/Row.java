/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.netty.MagpoolByteBufAllocator;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/** A row of the comparison: an allocator, with the JVM flags that suit it best. */
public enum Row {

    /** Magpool behind Netty's interface. */
    MAGPOOL("Magpool", JvmFlags.MAGPOOL) {
        @Override
        public Subject open() {
            MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create(poolConfig());
            return new ByteBufSubject(allocator, allocator.pool()::abandon);
        }
    },

    /** Netty's default allocator. */
    ADAPTIVE("Netty adaptive", JvmFlags.NETTY) {
        @Override
        public Subject open() {
            return new ByteBufSubject(new AdaptiveByteBufAllocator(true));
        }
    },

    /** Netty's former default allocator, a jemalloc. */
    POOLED("Netty pooled", JvmFlags.NETTY) {
        @Override
        public Subject open() {
            return new ByteBufSubject(new PooledByteBufAllocator(true));
        }
    },

    /** Netty without a pool. */
    UNPOOLED("Netty unpooled", JvmFlags.NETTY) {
        @Override
        public Subject open() {
            return new ByteBufSubject(new UnpooledByteBufAllocator(true));
        }
    },

    /** What a recycled {@code ByteBuf} costs when the pool costs nothing. */
    FLOOR("floor", JvmFlags.MAGPOOL) {
        @Override
        public Subject open() {
            return new ByteBufSubject(new MagpoolByteBufAllocator(new ArrayPool()));
        }

        @Override
        public boolean isForOneThread() {
            return true;
        }
    },

    /** Magpool's own interface. */
    POOL_API("Magpool API *", JvmFlags.MAGPOOL) {
        @Override
        public Subject open() {
            return new PoolSubject(BufferPool.create(poolConfig()));
        }
    },

    /** The C library's allocator. */
    MALLOC("malloc/free *", JvmFlags.MAGPOOL) {
        @Override
        public Subject open() {
            return new MallocSubject();
        }
    };

    private final String label;
    private final JvmFlags flags;

    Row(String label, JvmFlags flags) {
        this.label = label;
        this.flags = flags;
    }

    private static PoolConfig poolConfig() {
        return PoolConfig.builder().name("benchmark").maxBytes(JvmFlags.OFF_HEAP_BYTES).build();
    }

    /**
     * Returns what readers of the table call it; a star says that it gives no {@code ByteBuf}.
     *
     * @return a few words
     */
    public String label() {
        return label;
    }

    /**
     * Returns the flags that this row is measured with.
     *
     * @return the flags that suit it best
     */
    public JvmFlags flags() {
        return flags;
    }

    /**
     * Tells whether each thread needs a subject of its own, and must release what it acquired itself.
     *
     * @return true if so
     */
    public boolean isForOneThread() {
        return false;
    }

    /**
     * Builds the allocator.
     *
     * @return a new subject, owned by the caller, who closes it
     */
    public abstract Subject open();
}
