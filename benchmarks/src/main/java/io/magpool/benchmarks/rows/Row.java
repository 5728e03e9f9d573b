/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.netty.MagpoolByteBufAllocator;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/** A row of the comparison: an allocator, with the JVM flags that suit it best. */
public enum Row {

    /** Magpool behind Netty's interface. */
    MAGPOOL("Magpool", JvmFlags.MAGPOOL) {
        @Override
        public Subject open(Memory memory) {
            if (Observer.chosen() != Observer.NOBODY) {
                BufferPool pool = BufferPool.create(poolConfig(memory));
                return byteBufs(memory, new MagpoolByteBufAllocator(Observer.chosen().watched(pool)), pool::abandon);
            }
            MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create(poolConfig(Memory.OFF_HEAP));
            return byteBufs(memory, allocator, allocator.pool()::abandon);
        }
    },

    /** Netty's default allocator. */
    ADAPTIVE("Netty adaptive", JvmFlags.NETTY) {
        @Override
        public Subject open(Memory memory) {
            return byteBufs(memory, new AdaptiveByteBufAllocator(true), () -> {});
        }
    },

    /** Netty's former default allocator, a jemalloc. */
    POOLED("Netty pooled", JvmFlags.NETTY) {
        @Override
        public Subject open(Memory memory) {
            return byteBufs(memory, new PooledByteBufAllocator(true), () -> {});
        }
    },

    /** Netty without a pool. */
    UNPOOLED("Netty unpooled", JvmFlags.NETTY) {
        @Override
        public Subject open(Memory memory) {
            return byteBufs(memory, new UnpooledByteBufAllocator(true), () -> {});
        }
    },

    /** What a recycled {@code ByteBuf} costs when the pool costs nothing. */
    FLOOR("floor", JvmFlags.MAGPOOL) {
        @Override
        public Subject open(Memory memory) {
            return byteBufs(memory, new MagpoolByteBufAllocator(new ArrayPool()), () -> {});
        }

        @Override
        public boolean has(Memory memory) {
            return memory == Memory.OFF_HEAP;
        }

        @Override
        public boolean isForOneThread() {
            return true;
        }
    },

    /** Magpool's own interface. */
    POOL_API("Magpool API *", JvmFlags.MAGPOOL) {
        @Override
        public boolean isByteBuf() {
            return false;
        }

        @Override
        public Subject open(Memory memory) {
            return new PoolSubject(BufferPool.create(poolConfig(memory)));
        }
    },

    /** The C library's allocator. */
    MALLOC("malloc/free *", JvmFlags.MAGPOOL) {
        @Override
        public boolean isByteBuf() {
            return false;
        }

        @Override
        public Subject open(Memory memory) {
            return new MallocSubject();
        }

        @Override
        public boolean has(Memory memory) {
            return memory == Memory.OFF_HEAP;
        }
    };

    private final String label;
    private final JvmFlags flags;

    Row(String label, JvmFlags flags) {
        this.label = label;
        this.flags = flags;
    }

    private static PoolConfig poolConfig(Memory memory) {
        return switch (memory) {
            case OFF_HEAP -> PoolConfig.builder().name("benchmark").maxBytes(JvmFlags.OFF_HEAP_BYTES).build();
            case HEAP -> PoolConfig.builder()
                    .name("benchmark")
                    .storage(PoolConfig.Storage.HEAP)
                    .maxBytes(JvmFlags.POOLED_HEAP_BYTES)
                    .build();
        };
    }

    private static Subject byteBufs(Memory memory, ByteBufAllocator allocator, Runnable end) {
        return switch (memory) {
            case OFF_HEAP -> new ByteBufSubject(allocator, end);
            case HEAP -> new HeapByteBufSubject(allocator, end);
        };
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
     * Tells whether its buffers are Netty's.
     *
     * @return false for those with a star
     */
    public boolean isByteBuf() {
        return true;
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
     * Tells whether the allocator gives such buffers.
     *
     * @param memory what the buffers are made of
     * @return true if so
     */
    public boolean has(Memory memory) {
        return true;
    }

    /**
     * Builds the allocator.
     *
     * @param memory what the buffers are made of
     * @return a new subject, owned by the caller, who closes it
     */
    public abstract Subject open(Memory memory);
}
