/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PressureListener;
import io.magpool.api.Registration;
import io.netty.channel.ChannelHandlerContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The channels that read or do not read as the pressure on one pool is.
 *
 * <p>Two sides meet. The pool tells of pressure on any thread, in the middle of somebody's acquire or release: then the new
 * state is stored first, and each channel's gate is asked to look. A channel that joins is stored first, and then its gate looks.
 * So whatever the order, the later of the two sees the other.
 *
 * <p>There is a listener while there are channels, and a new one for the first channel after there were none, with a state of its
 * own: what is told late by the pool to one that was given up changes nothing.
 */
final class PressedChannels {

    private static final System.Logger LOG = System.getLogger(PressedChannels.class.getName());

    /** Who has waited longest for a turn, and of those who had none yet who read last: it is likely to have more to come. */
    private static final Comparator<ReadGate> ORDER_OF_TURNS = Comparator.<ReadGate>comparingLong(ReadGate::turn)
            .thenComparing(Comparator.<ReadGate>comparingLong(ReadGate::lastRead).reversed());

    private static final long TURN_MILLIS = 100;

    private final BufferPool pool;
    private final double high;
    private final double low;
    private final ScheduledExecutorService clock;
    private final Map<ChannelHandlerContext, ReadGate> gates = new ConcurrentHashMap<>();
    private volatile @Nullable Watch watch; // written under this

    PressedChannels(BufferPool pool, double high, double low, ScheduledExecutorService clock) {
        this.clock = clock;
        this.pool = Objects.requireNonNull(pool, "pool");
        this.high = high;
        this.low = low;
        pool.onPressure(high, low, (level, bytesInUse) -> {}).close(); // which refuses what are no watermarks
    }

    @Nullable ReadGate gate(ChannelHandlerContext ctx) {
        return gates.get(ctx);
    }

    boolean isPressed() {
        Watch now = watch;
        return now != null && now.isHigh;
    }

    boolean hasTurn(ReadGate gate) {
        Watch now = watch;
        return now != null && now.onTurn == gate;
    }

    void join(ChannelHandlerContext ctx) {
        ReadGate gate = new ReadGate(ctx, this);
        synchronized (this) {
            gates.put(ctx, gate);
            if (watch == null) {
                Watch first = new Watch();
                watch = first;
                first.registration = pool.onPressure(high, low, first);
            }
        }
        gate.look();
    }

    void leave(ChannelHandlerContext ctx) {
        ReadGate gate;
        synchronized (this) {
            gate = gates.remove(ctx);
            Watch last = watch;
            if (last != null && gates.isEmpty()) {
                watch = null;
                last.end();
            }
        }
        if (gate != null) {
            gate.end();
        }
    }

    /** What the pool said last, and what follows while pressure lasts. */
    private final class Watch implements PressureListener {

        volatile boolean isHigh; // written by the pool's calls, which do not overlap; by ticks once it is closed
        volatile @Nullable ReadGate onTurn; // the same, and the ticks
        @Nullable Registration registration; // guarded by PressedChannels.this
        private volatile @Nullable ScheduledFuture<?> ticks; // written by the pool's calls

        // By ticks alone.
        private long acquired;
        private final Sparing sparing = new Sparing(System.nanoTime());
        private long turns;
        private long lastReadSeen;

        @Override
        public void crossed(Level level, long bytesInUse) {
            isHigh = level == Level.HIGH;
            if (isHigh) {
                ticks = clock.scheduleWithFixedDelay(this::tick, TURN_MILLIS, TURN_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                endTicks();
            }
            onTurn = null;
            gates.values().forEach(ReadGate::lookSoon);
        }

        void end() {
            Registration present = registration;
            if (present != null) {
                present.close();
            }
            endTicks();
        }

        private void endTicks() {
            ScheduledFuture<?> present = ticks;
            if (present != null) {
                present.cancel(false);
            }
        }

        private void tick() {
            if (watch != this) {
                endTicks(); // they were begun after the end
                return;
            }
            try {
                if (!trimThread()) {
                    crossed(Level.LOW, 0); // the pool may not say so any more; who reads is told that it is closed
                } else if (isHigh) { // else this one was on its way; by now the field may hold the next pressure's ticks
                    trimLoops();
                    passTurn();
                }
            } catch (RuntimeException | Error failed) { // which would end all further ticks
                LOG.log(System.Logger.Level.WARNING, "a turn at " + pool + " was not given, which is tried again",
                        failed);
            }
        }

        /** So that what they have ready for reading does not count as in use, since they do not read. */
        private void trimLoops() {
            Map<Object, ReadGate> loops = new HashMap<>();
            gates.values().forEach(gate -> loops.put(gate.loop(), gate));
            loops.values().forEach(gate -> gate.execute(this::trimThread));
        }

        /** Returns false if the pool is closed, so that there is nothing left to give up. */
        private boolean trimThread() {
            try {
                pool.trimCurrentThread();
                return true;
            } catch (PoolClosedException closed) {
                return false;
            }
        }

        /** Who has the turn keeps it as long as it reads; a new turn is for times when nothing comes back. */
        private void passTurn() {
            ReadGate present = onTurn;
            boolean goesOn = present != null && present.mayHaveTurn() && present.lastRead() != lastReadSeen;
            ReadGate next = goesOn || !sparing.isDue(System.nanoTime()) || memoryCameBack() ? present : next();
            if (next != present) {
                onTurn = next;
                if (present != null) {
                    present.lookSoon();
                }
            }
            if (next != null) {
                lastReadSeen = next.lastRead();
                next.lookSoon();
            }
        }

        /** Since it was asked last. This walks the pool. */
        private boolean memoryCameBack() {
            long before = acquired;
            long begun = System.nanoTime();
            acquired = pool.statistics().acquiredBytes();
            sparing.asked(begun, System.nanoTime());
            return acquired < before;
        }

        private @Nullable ReadGate next() {
            ReadGate next = gates.values()
                    .stream()
                    .filter(ReadGate::mayHaveTurn)
                    .min(ORDER_OF_TURNS)
                    .orElse(null);
            if (next != null) {
                next.turn(++turns);
            }
            return next;
        }
    }
}
