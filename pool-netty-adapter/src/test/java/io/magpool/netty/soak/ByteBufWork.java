/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Work through Netty's face: direct and heap buffers that grow, are sliced, retained, put together, handed to other threads,
 * and found as they were left.
 */
final class ByteBufWork {

    private static final int HELD = 32; // by each thread
    private static final int BLOCK = 2048; // bytes

    final LongAdder handOvers = new LongAdder();

    private final ByteBufAllocator allocator;
    private final Queue<ByteBuf> handedOver = new ArrayBlockingQueue<>(64);

    ByteBufWork(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Block by block, so that the buffer grows several times. */
    private static void write(ByteBuf buf, int longs, SplittableRandom random) {
        long token = random.nextLong();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (int i = 0; i < longs; i++) {
            block.putLong(token + i);
            if (!block.hasRemaining() || i == longs - 1) {
                buf.writeBytes(block.flip());
                block.clear();
            }
        }
    }

    private static void verifyAndRelease(ByteBuf buf) {
        ByteBuffer content = ByteBuffer.allocate(buf.readableBytes());
        buf.readBytes(content);
        content.flip();
        if (content.hasRemaining()) {
            long token = content.getLong(0);
            for (int i = 0; content.hasRemaining(); i++) {
                long found = content.getLong();
                if (found != token + i) {
                    throw new AssertionError(
                            buf + " has " + found + " as its number " + i + ", its owner wrote " + (token + i));
                }
            }
        }
        buf.release();
    }

    /** Releases what was handed over and not taken. */
    void end() {
        for (ByteBuf left = handedOver.poll(); left != null; left = handedOver.poll()) {
            verifyAndRelease(left);
        }
    }

    /** What one thread does. */
    final class Worker implements Crew.Worker {

        private final SplittableRandom random;
        private final List<ByteBuf> held = new ArrayList<>();

        Worker(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public void step() {
            int choice = random.nextInt(32);
            if (choice < 16 ? held.size() < HELD : held.isEmpty()) {
                held.add(choice == 0 ? composed() : choice == 1 ? sliced() : written());
            } else if (choice == 31) {
                ByteBuf got = handedOver.poll();
                if (got != null) {
                    handOvers.increment();
                    verifyAndRelease(got);
                }
            } else if (choice == 30) {
                give();
            } else {
                verifyAndRelease(takeAny());
            }
        }

        @Override
        public void leave() {
            while (!held.isEmpty()) {
                give();
            }
        }

        /** Begins small and grows: most buffers of a server do. */
        private ByteBuf written() {
            int longs = random.nextInt(1 << random.nextInt(4, 14));
            ByteBuf buf = random.nextBoolean() ? allocator.directBuffer(64) : allocator.heapBuffer(64);
            write(buf, longs, random);
            return buf;
        }

        private ByteBuf sliced() {
            ByteBuf buf = written();
            ByteBuf slice = buf.readRetainedSlice(buf.readableBytes() / 2 & -8);
            buf.release();
            return slice;
        }

        private ByteBuf composed() {
            CompositeByteBuf whole = allocator.compositeBuffer(4);
            ByteBuf all = written();
            int half = all.readableBytes() / 2 & -8;
            whole.addComponent(true, all.readRetainedSlice(half));
            whole.addComponent(true, all);
            return whole;
        }

        private void give() {
            ByteBuf given = takeAny();
            if (!handedOver.offer(given)) {
                verifyAndRelease(given);
            }
        }

        private ByteBuf takeAny() {
            int index = random.nextInt(held.size());
            ByteBuf taken = held.get(index);
            ByteBuf last = held.removeLast();
            if (index < held.size()) {
                held.set(index, last);
            }
            return taken;
        }
    }
}
