/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolClosedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.event.Events;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.memory.Barrier;
import io.magpool.impl.slab.ChunkNumber;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * For the model: the smallest room there is, one chunk, and no cache in front of it. It is in somebody's hands at first. Where it goes
 * is what {@link SlowPath} does with a chunk.
 */
class OneChunk implements Room {

    static final int SIZE_CLASS = 0;
    static final long LONG = Long.MAX_VALUE / 2;

    private static final Events EVENTS = new Events("one chunk");
    private static final int NUMBER = 7;
    private static final int HOME = 0;
    private static final int IN_HAND = 1;

    private final AtomicInteger place = new AtomicInteger(IN_HAND);
    private final Waiters line;
    private volatile boolean closed;

    OneChunk() {
        line = line(new Diversion(new CacheRegistry(NoBarrier.INSTANCE, EVENTS), EVENTS, new AtomicInteger()));
    }

    Waiters line(Diversion diversion) {
        return new LineWithoutClock(this, diversion);
    }

    /** Who sleeps wakes up when it is called and for no other reason. */
    static class LineWithoutClock extends Waiters {

        LineWithoutClock(Room room, Diversion diversion) {
            super(room, diversion);
        }

        @Override
        final void sleep(WaitingThread self, long nanos) {
            while (!self.isCalled() && !Thread.currentThread().isInterrupted()) {
                self.park(this, nanos);
            }
        }
    }

    static void check(boolean holds, String broken) {
        if (!holds) {
            throw new AssertionError(broken);
        }
    }

    final Waiters line() {
        return line;
    }

    /** By whoever has it. */
    final void release() {
        if (closed) {
            putHome();
        } else if (!line.isEmpty() && give()) {
            return;
        } else {
            makeAvailable();
        }
    }

    boolean give() {
        return line.give(SIZE_CLASS, NUMBER);
    }

    void makeAvailable() {
        putHome();
        line.offer(Waiter.ENOUGH);
    }

    final void putHome() {
        check(place.compareAndSet(IN_HAND, HOME), "was home already");
    }

    final void close() {
        closed = true;
        line.closeAll();
    }

    /** When all has ended. */
    final void assertQuiet() {
        check(place.get() == HOME, "the chunk is lost");
        check(line.isEmpty(), "somebody is in line");
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public PooledBuffer acquireIfRoom(Wish wish, boolean byReclaim) {
        if (closed) {
            throw new PoolClosedException("model");
        }
        return tryTake(wish) ? unlessClosed() : null;
    }

    private boolean tryTake(Wish wish) {
        return wish.sizeClass() == SIZE_CLASS && place.compareAndSet(HOME, IN_HAND);
    }

    private PooledBuffer unlessClosed() {
        if (closed) {
            putHome();
            throw new PoolClosedException("model");
        }
        return new Held(this);
    }

    @Override
    public PooledBuffer receive(Wish wish, int number) {
        if (number == ChunkNumber.NONE) {
            throw new PoolClosedException("model");
        }
        check(place.get() == IN_HAND, "given, and home besides");
        return unlessClosed();
    }

    @Override
    public void takeBack(int number) {
        putHome();
    }

    @Override
    public boolean finds(Wish wish, boolean byReclaim) {
        boolean found = tryTake(wish);
        if (found) {
            putHome();
        }
        return found;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public boolean othersGiveWay(Wish wish) {
        return false;
    }

    @Override
    public boolean isShortByOthers(Wish wish) {
        return false;
    }

    @Override
    public boolean isWantedByOthers() {
        return false;
    }

    @Override
    public boolean canNeverServe(Wish wish) {
        return false;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** A model checker interleaves but does not reorder. */
    private enum NoBarrier implements Barrier {
        INSTANCE;

        @Override
        public void execute() {}
    }

    /** Can be released, and nothing else. */
    private record Held(OneChunk room) implements PooledBuffer {

        @Override
        public void release() {
            room.release();
        }

        @Override
        public long size() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long capacity() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long address() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasArray() {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] array() {
            throw new UnsupportedOperationException();
        }

        @Override
        public MemorySegment segment() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteBuffer byteBuffer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PooledBuffer reallocate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object attachment() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void attach(Object wrapper) {
            throw new UnsupportedOperationException();
        }
    }
}
