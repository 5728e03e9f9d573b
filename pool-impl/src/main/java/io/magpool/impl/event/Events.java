/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import io.magpool.api.Incident;
import io.magpool.api.PoolStatistics;
import io.magpool.api.TrimReport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the flight recorder what a pool does off its fast path, if the JVM has a recorder and a recording wants the event. Costs a
 * look otherwise; without the module {@code jdk.jfr} not even that. All numbers are what the caller knows anyway.
 *
 * <p>What takes time has a beginning, which gives a token, and an end, which takes it: null stands for an event that nobody wants.
 */
public final class Events {

    private static final boolean POSSIBLE = isPossible();

    private final String pool;

    /**
     * Tells of one pool.
     *
     * @param pool its name
     */
    public Events(String pool) {
        this.pool = pool;
    }

    private static boolean isPossible() {
        Module own = Events.class.getModule();
        return ModuleLayer.boot().findModule("jdk.jfr").map(own::canRead).orElse(false);
    }

    /**
     * The pool was created.
     *
     * @param maxBytes the limit
     * @param memory where it comes from
     * @param barrier of its guards
     * @param arenas how many
     * @param trim the policy
     */
    public void opened(long maxBytes, String memory, String barrier, int arenas, String trim) {
        if (POSSIBLE) {
            PoolOpenEvent.write(pool, maxBytes, memory, barrier, arenas, trim);
        }
    }

    /**
     * The pool was closed.
     *
     * @param openBuffers what is still acquired
     * @param openBytes of these
     */
    public void closed(long openBuffers, long openBytes) {
        if (POSSIBLE) {
            PoolCloseEvent.write(pool, openBuffers, openBytes);
        }
    }

    /**
     * Begins: a slab is cut.
     *
     * @return a token, or null
     */
    public @Nullable Object beginCarve() {
        return POSSIBLE ? CarveEvent.start() : null;
    }

    /**
     * Ends: a slab is cut.
     *
     * @param begun the token
     * @param arena whose it is
     * @param chunkBytes the size of its chunks
     * @param chunks how many
     */
    public void endCarve(@Nullable Object begun, int arena, int chunkBytes, int chunks) {
        if (begun != null) {
            CarveEvent.end(begun, pool, arena, chunkBytes, chunks);
        }
    }

    /**
     * Begins: an empty slab goes back.
     *
     * @return a token, or null
     */
    public @Nullable Object beginRetire() {
        return POSSIBLE ? RetireEvent.start() : null;
    }

    /**
     * Ends: an empty slab goes back.
     *
     * @param begun the token
     * @param arena whose it was
     * @param chunkBytes the size of its chunks
     * @param backedBytes what was charged for it
     */
    public void endRetire(@Nullable Object begun, int arena, int chunkBytes, long backedBytes) {
        if (begun != null) {
            RetireEvent.end(begun, pool, arena, chunkBytes, backedBytes);
        }
    }

    /**
     * Begins: a magazine is filled from a slab.
     *
     * @return a token, or null
     */
    public @Nullable Object beginRefill() {
        return POSSIBLE ? RefillEvent.start() : null;
    }

    /**
     * Ends: a magazine is filled from a slab.
     *
     * @param begun the token
     * @param arena of the core
     * @param chunkBytes the size of the chunks
     * @param chunks how many
     */
    public void endRefill(@Nullable Object begun, int arena, int chunkBytes, int chunks) {
        if (begun != null) {
            RefillEvent.end(begun, pool, arena, chunkBytes, chunks);
        }
    }

    /**
     * A magazine passed between a thread and the depot of its core.
     *
     * @param arena of the core
     * @param chunkBytes the size of the chunks
     * @param chunks how many
     * @param taken out of the depot
     */
    public void exchanged(int arena, int chunkBytes, int chunks, boolean taken) {
        if (POSSIBLE) {
            ExchangeEvent.write(pool, arena, chunkBytes, chunks, taken);
        }
    }

    /**
     * A magazine passed from a neighbour.
     *
     * @param arena that got it
     * @param neighbour that had it
     * @param chunkBytes the size of the chunks
     * @param chunks how many
     */
    public void stolen(int arena, int neighbour, int chunkBytes, int chunks) {
        if (POSSIBLE) {
            StealEvent.write(pool, arena, neighbour, chunkBytes, chunks);
        }
    }

    /**
     * Begins: chunks leave the magazines of threads.
     *
     * @return a token, or null
     */
    public @Nullable Object beginEmptyCaches() {
        return POSSIBLE ? EmptyCachesEvent.start() : null;
    }

    /**
     * Ends: chunks leave the magazines of threads.
     *
     * @param begun the token
     * @param reason why
     * @param caches how many
     * @param chunks that were in them
     */
    public void endEmptyCaches(@Nullable Object begun, String reason, int caches, long chunks) {
        if (begun != null) {
            EmptyCachesEvent.end(begun, pool, reason, caches, chunks);
        }
    }

    /**
     * Begins: operations go past the caches of threads.
     *
     * @return a token, or null
     */
    public @Nullable Object beginDiversion() {
        return POSSIBLE ? DiversionEvent.start() : null;
    }

    /**
     * Ends: operations go past the caches of threads.
     *
     * @param begun the token
     */
    public void endDiversion(@Nullable Object begun) {
        if (begun != null) {
            DiversionEvent.end(begun, pool);
        }
    }

    /**
     * Released memory left quarantine.
     *
     * @param bytes of it
     * @param intact false if somebody had written to it
     */
    public void leftQuarantine(long bytes, boolean intact) {
        if (POSSIBLE) {
            QuarantineEvent.write(pool, bytes, intact);
        }
    }

    /**
     * Begins: memory that others have ready is looked for.
     *
     * @return a token, or null
     */
    public @Nullable Object beginReclaimStep() {
        return POSSIBLE ? ReclaimStepEvent.start() : null;
    }

    /**
     * Ends: memory that others have ready is looked for.
     *
     * @param begun the token
     * @param step which one
     * @param wantedBytes what has to be free under the limit
     * @param roomBefore what the limit left
     * @param roomAfter what it leaves now
     * @param found whether that was of use
     */
    public void endReclaimStep(@Nullable Object begun, String step, long wantedBytes, long roomBefore, long roomAfter,
            boolean found) {
        if (begun != null) {
            ReclaimStepEvent.end(begun, pool, step, wantedBytes, roomBefore, roomAfter, found);
        }
    }

    /**
     * Begins: an acquire stands in line.
     *
     * @return a token, or null
     */
    public @Nullable Object beginWait() {
        return POSSIBLE ? WaitEvent.start() : null;
    }

    /**
     * Ends: an acquire stands in line.
     *
     * @param begun the token
     * @param bytes that are wanted
     * @param who waits
     * @param outcome of it
     */
    public void endWait(@Nullable Object begun, long bytes, String who, String outcome) {
        if (begun != null) {
            WaitEvent.end(begun, pool, bytes, who, outcome);
        }
    }

    /**
     * An acquire was refused for lack of room.
     *
     * @param bytes that were wanted
     * @param maxBytes the limit
     * @param chargedBytes against it
     * @param waiting in line
     */
    public void refused(long bytes, long maxBytes, long chargedBytes, int waiting) {
        if (POSSIBLE) {
            RefusalEvent.write(pool, bytes, maxBytes, chargedBytes, waiting);
        }
    }

    /**
     * The limit was changed.
     *
     * @param before the old one
     * @param after the new one
     * @param chargedBytes against it
     */
    public void limitChanged(long before, long after, long chargedBytes) {
        if (POSSIBLE) {
            LimitChangeEvent.write(pool, before, after, chargedBytes);
        }
    }

    /**
     * The bytes in use crossed a watermark.
     *
     * @param level which one
     * @param inUseBytes the figure
     * @param maxBytes the limit
     */
    public void pressure(String level, long inUseBytes, long maxBytes) {
        if (POSSIBLE) {
            PressureEvent.write(pool, level, inUseBytes, maxBytes);
        }
    }

    /**
     * Begins: memory for a large buffer comes from the system.
     *
     * @return a token, or null
     */
    public @Nullable Object beginLargeMap() {
        return POSSIBLE ? LargeMapEvent.start() : null;
    }

    /**
     * Ends: memory for a large buffer comes from the system.
     *
     * @param begun the token
     * @param bytes of the mapping
     * @param askedBytes of the buffer
     */
    public void endLargeMap(@Nullable Object begun, long bytes, long askedBytes) {
        if (begun != null) {
            LargeMapEvent.end(begun, pool, bytes, askedBytes);
        }
    }

    /**
     * Begins: memory of a large buffer goes back to the system.
     *
     * @return a token, or null
     */
    public @Nullable Object beginLargeUnmap() {
        return POSSIBLE ? LargeUnmapEvent.start() : null;
    }

    /**
     * Ends: memory of a large buffer goes back to the system.
     *
     * @param begun the token
     * @param bytes of the mapping
     * @param refused by the system
     */
    public void endLargeUnmap(@Nullable Object begun, long bytes, boolean refused) {
        if (begun != null) {
            LargeUnmapEvent.end(begun, pool, bytes, refused);
        }
    }

    /**
     * Begins: a large buffer is resized by its pages.
     *
     * @return a token, or null
     */
    public @Nullable Object beginLargeRemap() {
        return POSSIBLE ? LargeRemapEvent.start() : null;
    }

    /**
     * Ends: a large buffer is resized by its pages.
     *
     * @param begun the token
     * @param before the length of the mapping
     * @param after its length now
     * @param moved to another address
     */
    public void endLargeRemap(@Nullable Object begun, long before, long after, boolean moved) {
        if (begun != null) {
            LargeRemapEvent.end(begun, pool, before, after, moved);
        }
    }

    /**
     * Begins: memory goes back to the system.
     *
     * @return a token, or null
     */
    public @Nullable Object beginTrim() {
        return POSSIBLE ? TrimEvent.start() : null;
    }

    /**
     * Ends: memory goes back to the system.
     *
     * @param begun the token
     * @param report what was done
     */
    public void endTrim(@Nullable Object begun, TrimReport report) {
        if (begun != null) {
            TrimEvent.end(
                    begun,
                    pool,
                    report.askedBytes(),
                    report.advisedBytes(),
                    report.goneBytes().orElse(-1),
                    report.runs(),
                    report.calls());
        }
    }

    /**
     * A buffer was misused, or is missing.
     *
     * @param incident what happened
     */
    public void found(Incident incident) {
        if (POSSIBLE) {
            IncidentEvent.write(
                    pool,
                    incident.kind().name(),
                    incident.capacity(),
                    incident.count(),
                    incident.age().toNanos(),
                    incident::text);
        }
    }

    /**
     * The system call that served as barrier failed. This is of no single pool.
     *
     * @param before what failed
     * @param after what takes over
     */
    public static void barrierFellBack(String before, String after) {
        if (POSSIBLE) {
            BarrierFallbackEvent.write("", before, after);
        }
    }

    /**
     * Has statistics in recordings from time to time, by the period that they ask for.
     *
     * @param statistics are taken then, on a thread of the recorder; null ends it
     * @return ends it; may be run more than once
     */
    public static Runnable sample(Supplier<@Nullable PoolStatistics> statistics) {
        return POSSIBLE ? PeriodicEvent.begin(statistics) : () -> {};
    }
}
