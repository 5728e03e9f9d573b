/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import io.magpool.api.spi.BufferPoolProvider;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A pool of off-heap buffers after Bonwick and Adams, "Magazines and Vmem" (USENIX 2001): each thread acquires from and
 * releases to magazines of its own, and whole magazines travel between threads through a depot.
 *
 * <p>All methods may be called on any thread, also on virtual threads. A buffer may be released on another thread than
 * the one that acquired it.
 */
public interface BufferPool extends AutoCloseable {

    /**
     * Creates a pool.
     *
     * @param config the settings
     * @return a new pool, owned by the caller, who closes it
     * @throws IllegalStateException if no implementation is present
     * @throws MemoryRefusedException if the operating system refuses what the pool needs to start
     */
    static BufferPool create(PoolConfig config) {
        Objects.requireNonNull(config, "config");
        return ServiceLoader.load(BufferPoolProvider.class, BufferPool.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no implementation of io.magpool.api found: add the artifact io.magpool:pool-impl"))
                .create(config);
    }

    /**
     * Acquires a buffer. Never waits for another thread, and never overtakes one that waits: while there are such threads
     * (or actions, see {@link #onAvailable}), whoever does not wait is refused, even if there would be room.
     *
     * @param atLeast the size that is needed, in bytes; 0 or more
     * @return a buffer owned by the caller; its content is undefined
     * @throws IllegalArgumentException if the size is negative or larger than any buffer can be
     * @throws PoolExhaustedException if the pool's limit leaves no room for it, or others wait for room
     * @throws MemoryRefusedException if the operating system refuses the memory
     * @throws PoolClosedException if the pool is closed
     */
    PooledBuffer acquire(long atLeast);

    /**
     * Acquires a buffer, or returns null where {@link #acquire(long)} throws {@link PoolExhaustedException}.
     *
     * @param atLeast the size that is needed, in bytes; 0 or more
     * @return a buffer owned by the caller, or null if the pool's limit leaves no room for it, or others wait for
     *         room
     * @throws IllegalArgumentException if the size is negative or larger than any buffer can be
     * @throws MemoryRefusedException if the operating system refuses the memory
     * @throws PoolClosedException if the pool is closed
     */
    @Nullable PooledBuffer tryAcquire(long atLeast);

    /**
     * Acquires a buffer with further wishes: zeroed, aligned, or waiting for room for a bounded time.
     *
     * <p>Those who wait are served in the order in which they came, oldest first, whatever their sizes: a large request
     * that waits in front is not overtaken by a small one that would fit. The waiting time counts from the call, and
     * includes what is done meanwhile to find room. A request that the limit can never serve is refused at once.
     *
     * @param request the wishes
     * @return a buffer owned by the caller
     * @throws IllegalArgumentException if no buffer can have that size with that alignment
     * @throws PoolExhaustedException if the pool's limit leaves no room for it, at the latest when the request's
     *         waiting time is over
     * @throws MemoryRefusedException if the operating system refuses the memory
     * @throws PoolClosedException if the pool is closed, also while waiting
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    PooledBuffer acquire(BufferRequest request) throws InterruptedException;

    /**
     * Calls back when a buffer of a size can be acquired: for event loops, which must not wait.
     *
     * <p>The action runs once. If there is room, it runs at once, on the calling thread. Else it stands in one line with the
     * threads that wait, and runs, when its turn has come, on whichever thread made the room: so it must be short, hand
     * over to its event loop, say, and must not wait. Nothing is reserved for it: by the time it acquires, others may have
     * been quicker. An exception that it throws is logged and goes no further. While it stands in line, acquires that do
     * not wait are refused, those of its own event loop included.
     *
     * <p>When the pool is closed, its limit is lowered so far that there can never be room, or the operating system refuses
     * the memory, the action runs too: its acquire then says why.
     *
     * @param size that is wished for, in bytes; 0 or more
     * @param action runs once
     * @return closes to cancel; of no use after the action has run
     * @throws IllegalArgumentException if the size is negative or larger than any buffer can be
     * @throws PoolExhaustedException if the pool's limit can never leave room for it
     * @throws PoolClosedException if the pool is closed
     */
    Registration onAvailable(long size, Runnable action);

    /**
     * Calls a listener when the bytes in use rise above a high watermark, and when they fall below a low one afterwards:
     * once for each crossing, however often the figure goes to and fro between the two. If the figure is above the high
     * watermark already, the listener is told at once, on the calling thread.
     *
     * <p>In use is all that could not be handed to another thread at once: what is acquired, large buffers included, and
     * what threads have in magazines of their own, rounded up to size classes. So the figure may be above the bytes acquired
     * by as much as {@link PoolConfig#threadCacheBytes()} for each thread. It is looked at when a thread exchanges a
     * magazine, or acquires or releases a large buffer, and after a trim, on the thread that did it: a crossing within what threads
     * have in their magazines is told of then, at the latest. Acquire and release through a thread's own magazines pay nothing for it.
     *
     * @param high a fraction of the limit, above {@code low}, at most 1
     * @param low a fraction of the limit, above 0
     * @param listener is told
     * @return closes to remove the listener
     * @throws IllegalArgumentException if not 0 &lt; low &lt; high &lt;= 1
     */
    Registration onPressure(double high, double low, PressureListener listener);

    /**
     * Changes the limit. If it is raised, those who wait for room are woken. If it is lowered below what is charged already,
     * nothing is taken from anybody: acquires are refused until what is charged fits, and those who wait for more than
     * the new limit can ever give are refused at once. Of a parent, what is set aside for children counts as charged, and until all
     * fits acquires within a guarantee are refused too. How many arenas there are stays as it was.
     *
     * @param maxBytes as for {@link PoolConfig.Builder#maxBytes}; of a child, 0 means no limit beside the parent's
     * @throws IllegalArgumentException if the value is not valid there, or is below what was guaranteed to the pool's children, or
     *         to the pool if it is a child; the limit stays as it was
     * @throws PoolClosedException if the pool is closed
     */
    void setMaxBytes(long maxBytes);

    /**
     * Creates a pool within this one, for a tenant or a listener: with magazines, a limit and statistics of its own, over the same
     * memory. Its acquires and releases are as fast as any pool's.
     *
     * <p>The child's limit bounds what is charged for it: the pages behind its chunks, acquired or ready in its magazines, depots
     * and slabs, and its large buffers. A child at its limit reclaims from itself alone, and is refused: its siblings
     * notice nothing. The limit of this pool bounds the sum of all. A pool that meets it reclaims what other pools of this
     * family have and do not use, beyond what is guaranteed to them, before it is refused.
     *
     * <p>What is guaranteed to a child is set aside: an acquire of the child is not refused for the sake of other pools
     * while what is charged for the child, together with what this acquire adds, is within the guarantee; however much the
     * others hold, and wherever. Memory is charged by whole pages, on portable memory by slabs of 2 MiB, and what the child has in
     * its own magazines counts. The operating system may refuse memory all the same.
     *
     * <p>All other settings are this pool's. The trim policy, with its floor and its rate, is one for the whole family;
     * {@link #maintain} of any of them asks it, {@link #trim} of this pool trims all, of a child that child alone. Those who
     * wait stand in a line for each pool; between the lines no order is promised. {@link #statistics} of this pool include
     * its children. A child has no children.
     *
     * @param name as for {@link PoolConfig.Builder#name}; no other open child has it. The child calls itself by the names of
     *        both, with a slash between them
     * @param limits how much the child may have, and can always have
     * @return a new pool, owned by the caller, who closes it; it is closed with this pool at the latest
     * @throws IllegalArgumentException if the name is not valid, or taken; or if the guarantee does not fit into this pool's
     *         limit beside those of the other children
     * @throws IllegalStateException if this pool is a child
     * @throws PoolExhaustedException if the guarantee fits, but too much is in use to set it aside now
     * @throws PoolClosedException if this pool is closed
     */
    BufferPool child(String name, ChildLimits limits);

    /**
     * Counts what the pool holds, its children included. Walks the pool: for monitoring, not for each operation. Exact while nothing is
     * acquired or released meanwhile.
     *
     * @return a snapshot
     */
    PoolStatistics statistics();

    /**
     * Says where the buffers that are out now were acquired, as far as that is remembered: see
     * {@link PoolConfig#safety()} and {@link PoolConfig#leakDetection()}. Those of its children are not among them: ask each child.
     *
     * @return the places, that of the most bytes first
     */
    default List<AcquisitionSite> acquisitionSites() {
        return List.of();
    }

    /**
     * Says all that can be said of the pool at once, for people. Walks the pool, while its threads go on: what moves meanwhile
     * may be seen twice or not at all. For a look, not for each operation.
     *
     * @param format text or a page with a picture
     * @return a new text
     */
    default String dump(DumpFormat format) {
        Objects.requireNonNull(format, "format");
        if (format == DumpFormat.HTML) {
            throw new UnsupportedOperationException("no picture of " + this);
        }
        StringBuilder text = new StringBuilder(statistics().table());
        List<AcquisitionSite> sites = acquisitionSites();
        if (!sites.isEmpty()) {
            text.append("out, by place of acquisition, as far as it is known\n");
            sites.forEach(site -> text.append(site.text()).append('\n'));
        }
        return text.toString();
    }

    /**
     * Gives up what the calling thread has cached, so that other threads may use it. Useful before a thread falls idle
     * for long. On a virtual thread there is nothing to give up.
     *
     * @throws PoolClosedException if the pool is closed
     */
    void trimCurrentThread();

    /**
     * Gives memory that nobody uses back to the operating system, on the calling thread, whatever the policy says of
     * floor and rate. Not for a thread that serves: it may take milliseconds. One trim of a pool runs at a time; a second one
     * waits for it.
     *
     * @param depth how far to go
     * @return what it did
     * @throws PoolClosedException if the pool is closed
     * @throws MemoryRefusedException if the operating system refuses; what was done until then stays done
     */
    TrimReport trim(TrimDepth depth);

    /**
     * Asks the policy what to give back, if an interval has passed since it was asked last, and does it on the calling thread;
     * else does nothing. For pools without a thread of their own ({@link PoolConfig.Maintenance#MANUAL}); with any other it
     * does no harm. Call it once in an interval or more often, but not on a thread that serves.
     *
     * @return what it did
     * @throws PoolClosedException if the pool is closed
     * @throws MemoryRefusedException if the operating system refuses; what was done until then stays done
     */
    TrimReport maintain();

    /**
     * Closes the pool and gives its memory back to the operating system. Idempotent.
     *
     * <p>If buffers are still acquired, new acquires are refused, what is not in use is given back at once, and the rest
     * goes when the last buffer is released: nothing is unmapped under a buffer that is in use.
     *
     * <p>Children are closed first; what is acquired from them counts as acquired here. A child's memory goes back to this
     * pool when its last buffer is released, and so does its guarantee.
     *
     * @throws IllegalStateException if buffers are still acquired; its message says how many, of which sizes,
     *         and where those were acquired that are followed. The
     *         pool is closed all the same.
     */
    @Override
    void close();

    /**
     * Closes the pool like {@link #close()}, but reports instead of throwing.
     *
     * @return what was still acquired
     */
    CloseReport abandon();
}
