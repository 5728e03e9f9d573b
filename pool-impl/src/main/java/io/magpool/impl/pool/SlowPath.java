/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferRequest;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.arena.ClosedArenasException;
import io.magpool.impl.arena.Reclaim;
import io.magpool.impl.checked.Relief;
import io.magpool.impl.magazine.SampleRate;
import io.magpool.impl.slab.SizeClasses;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where acquire and release lead when the thread's own magazines are empty, full, diverted or of no use: to depots, slabs and
 * large buffers, to reclaim before a refusal, and to the line of those who wait.
 */
final class SlowPath {

    private final MagazinePool pool;
    private final Reclaim reclaim;
    private final Runnable tellOthers; // built before a buffer is in hand
    private final Runnable look;

    SlowPath(MagazinePool pool, Reclaim reclaim) {
        this.pool = pool;
        this.reclaim = reclaim;
        this.tellOthers = this::tellOthers;
        this.look = pool::look;
    }

    /** Returns null if the limit leaves no room, or others wait for it. */
    @Nullable PooledBuffer acquire(Wish wish) {
        boolean sample = isSample(wish);
        PooledBuffer buffer = null;
        try {
            buffer = acquireOrAskForRelief(wish, true);
        } finally {
            returnIfUnused(sample, buffer, wish);
        }
        if (buffer == null) {
            pool.limit().countRefusal(wish.size(), wish.sizeClass());
        }
        return followed(buffer, wish, sample);
    }

    /** Whether the acquisition is one of those that are followed; if so, the magazines find something again. */
    private boolean isSample(Wish wish) {
        SampleRate rate = pool.sampleRate();
        if (!rate.isAny()) {
            return false;
        }
        if (wish.isLarge()) {
            return rate.picks();
        }
        pool.life().checkOpen();
        LocalCache local = pool.admission().localOfThisThread();
        return local == null
                ? pool.supply().takeSample(wish.sizeClass())
                : local.takeSample(wish.sizeClass());
    }

    /** A sample that was taken for an acquisition which came to nothing is another one's, or refusals would use them up. */
    private void returnIfUnused(boolean sample, @Nullable PooledBuffer buffer, Wish wish) {
        if (sample && buffer == null && !wish.isLarge()) {
            LocalCache local = pool.admission().localIfAny();
            if (local == null) {
                pool.supply().returnSample(wish.sizeClass());
            } else {
                local.returnSample(wish.sizeClass());
            }
        }
    }

    /** What was picked where no cache counted it is followed already. */
    private @Nullable PooledBuffer followed(@Nullable PooledBuffer buffer, Wish wish, boolean sample) {
        return buffer == null || !sample || !isOrdinary(buffer) ? buffer : follow(buffer, wish);
    }

    private static boolean isOrdinary(PooledBuffer buffer) {
        return buffer instanceof Chunk || buffer instanceof LargeBuffer;
    }

    private PooledBuffer follow(PooledBuffer buffer, Wish wish) {
        return pool.withheld().samples().follow(pool, buffer, wish.alignment());
    }

    @Nullable PooledBuffer acquireOrAwait(Wish wish, BufferRequest request) throws InterruptedException {
        long start = System.nanoTime();
        boolean sample = isSample(wish);
        PooledBuffer buffer = null;
        try {
            buffer = acquireOrAwait(wish, request, start);
        } finally {
            returnIfUnused(sample, buffer, wish);
        }
        if (buffer != null && request.isZeroed()) {
            Content.clear(buffer, wish.size());
        }
        return followed(buffer, wish, sample);
    }

    private @Nullable PooledBuffer acquireOrAwait(Wish wish, BufferRequest request, long start)
            throws InterruptedException {
        boolean waits = !request.patience().isZero() && !pool.limit().canNeverServe(wish);
        Relief relief = pool.withheld().relief();
        PooledBuffer buffer = acquireOrAskForRelief(wish, !waits || relief.isAny()); // else in line it will reclaim what it needs
        if (buffer == null && waits) {
            relief.beginWait();
            try {
                buffer = pool.waiters().await(wish, start, TimeUnit.NANOSECONDS.convert(request.patience()));
            } finally {
                relief.endWait();
            }
            keepUnlessFailing(buffer, look);
        }
        return buffer;
    }

    /** What is in quarantine goes before a refusal, be it by the limit or by the system. */
    private @Nullable PooledBuffer acquireOrAskForRelief(Wish wish, boolean byReclaim) {
        Relief relief = pool.withheld().relief();
        PooledBuffer buffer;
        try {
            buffer = acquireUnlessOthersWait(wish, byReclaim);
        } catch (MemoryRefusedException refused) {
            if (!relief.ask()) {
                throw refused;
            }
            return acquireUnlessOthersWait(wish, byReclaim);
        }
        return buffer == null && relief.ask() ? acquireUnlessOthersWait(wish, byReclaim) : buffer;
    }

    private @Nullable PooledBuffer acquireUnlessOthersWait(Wish wish, boolean byReclaim) {
        pool.life().checkOpen();
        Waiters waiters = pool.waiters();
        if (!waiters.isEmpty()) {
            waiters.remind();
            return null;
        }
        PooledBuffer buffer = null;
        try {
            buffer = acquireIfRoom(wish, byReclaim);
        } finally {
            keepUnlessFailing(buffer, tellOthers);
        }
        return buffer;
    }

    private void tellOthers() {
        pool.offer(Waiter.ENOUGH); // magazines were in hand meanwhile
        pool.look();
    }

    /** Does what comes behind an acquire. If that fails, for want of Java heap say, nobody will get the buffer, so it goes back. */
    static void keepUnlessFailing(@Nullable PooledBuffer buffer, Runnable last) {
        boolean done = false;
        try {
            last.run();
            done = true;
        } finally {
            if (!done && buffer != null) {
                buffer.release();
            }
        }
    }

    /** Returns null if the limit leaves no room. */
    @Nullable PooledBuffer acquireIfRoom(Wish wish, boolean byReclaim) {
        pool.life().checkOpen();
        PooledBuffer buffer;
        try {
            buffer = wish.isLarge() ? acquireLarge(wish, byReclaim) : acquireChunk(wish, byReclaim);
        } catch (ClosedArenasException closedMeanwhile) {
            throw pool.life().closed();
        }
        return buffer == null ? null : pool.life().unlessClosed(buffer);
    }

    private @Nullable PooledBuffer acquireLarge(Wish wish, boolean byReclaim) {
        if (pool.limit().canNeverServe(wish)) {
            return null;
        }
        LargeBuffers large = pool.large();
        PooledBuffer buffer;
        try {
            buffer = large.acquire(wish.size(), wish.alignment());
        } catch (MemoryRefusedException bySystem) {
            buffer = null; // less may be refused when something was given back
        }
        return buffer == null && byReclaim
                ? reclaim.retry(() -> large.acquire(wish.size(), wish.alignment()), wish.charge())
                : buffer;
    }

    private @Nullable PooledBuffer acquireChunk(Wish wish, boolean byReclaim) {
        LocalCache local = pool.admission().localOfThisThread();
        Supply supply = pool.supply();
        int sizeClass = wish.sizeClass();
        int number = supply.takeCached(local, sizeClass);
        boolean counted = number >= 0;
        if (!counted) {
            number = supply.take(local, sizeClass, byReclaim);
            if (number < 0) {
                return null;
            }
            counted = supply.countAcquire(local, sizeClass);
        }
        Chunk chunk = pool.handle(number, local == null ? pool.nobody() : local, (int) wish.size());
        return counted ? chunk : followedByChance(chunk, wish);
    }

    /** An acquisition that no cache counts is a sample by chance. */
    private PooledBuffer followedByChance(PooledBuffer buffer, Wish wish) {
        return pool.sampleRate().picks() ? follow(buffer, wish) : buffer;
    }

    /** What a waiter was given; or the pool was closed. */
    PooledBuffer receive(Wish wish, int number) {
        if (number < 0) {
            throw pool.life().closed();
        }
        PooledBuffer buffer =
                pool.life().unlessClosed(pool.handle(number, ownerOf(number), (int) wish.size()));
        return followedByChance(buffer, wish);
    }

    private LocalCache ownerOf(int given) {
        boolean found = false;
        try {
            LocalCache local = pool.admission().localIfAny();
            found = true;
            return local == null ? pool.nobody() : local;
        } finally {
            if (!found) {
                takeBack(given);
            }
        }
    }

    /** What a waiter was given and does not take. */
    void takeBack(int number) {
        pool.supply().putHome(number);
    }

    /** Takes a chunk back that its owner's magazines cannot take. */
    void release(int sizeClass, int number) {
        Waiters waiters = pool.waiters();
        Supply supply = pool.supply();
        if (pool.life().isClosed()) {
            supply.putHome(number);
        } else if (waiters.isEmpty()) {
            supply.put(pool.admission().localOfThisThread(), sizeClass, number);
        } else if (waiters.give(sizeClass, number)) {
            supply.countPassedOn(sizeClass);
            return;
        } else {
            supply.putHome(number);
        }
        pool.afterRelease(largestFall(SizeClasses.bytes(sizeClass)));
    }

    /** A chunk's own pages, and those at both ends that it had in common with others. */
    private long largestFall(int chunkBytes) {
        return chunkBytes + 2L * pool.platform().memory().grainBytes(chunkBytes);
    }

    /** Moves a buffer's content to another buffer and releases the first. */
    PooledBuffer move(PooledBuffer from, long size, long alignment) {
        PooledBuffer to = alignment == 1 ? pool.tryAcquire(size) : acquire(pool.wish(size, alignment));
        if (to == null) {
            throw pool.limit().exhausted(size);
        }
        return Content.move(from, to, size);
    }

    /** Moves a large buffer's content to a chunk and releases it; returns null, and has done nothing, if there is none. */
    @Nullable PooledBuffer moveToChunk(LargeBuffer from, long size, long alignment) {
        if (pool.life().isClosed() || Wish.sizeClass(pool, size, alignment) == SizeClasses.COUNT) {
            return null;
        }
        PooledBuffer to;
        try {
            to = acquireIfRoom(pool.wish(size, alignment), true);
        } catch (MemoryRefusedException | PoolClosedException noChunk) {
            return null;
        }
        return to == null ? null : Content.move(from, to, size);
    }
}
