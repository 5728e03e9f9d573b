/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PressureListener;
import io.magpool.api.PressureListener.Level;
import io.magpool.api.Registration;
import io.magpool.impl.event.Events;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Watches the bytes in use, and tells listeners when they cross watermarks.
 *
 * <p>Looked at where memory passes between threads and the pool anyway. With no listener that is one read of an empty list.
 */
final class Pressure {

    private static final System.Logger LOG = System.getLogger(Pressure.class.getName());

    private final LongSupplier inUse;
    private final LongSupplier limit;
    private final Events events;
    private final CopyOnWriteArrayList<Watch> watches = new CopyOnWriteArrayList<>();

    Pressure(LongSupplier inUse, LongSupplier limit, Events events) {
        this.events = events;
        this.inUse = inUse;
        this.limit = limit;
    }

    Registration watch(double high, double low, PressureListener listener) {
        if (!(high > 0 && high <= 1)) {
            throw new IllegalArgumentException("high is " + high + ": must be above 0, and at most 1");
        }
        if (!(low > 0 && low < high)) {
            throw new IllegalArgumentException("low is " + low + ": must be above 0, and below high, which is " + high);
        }
        Watch watch = new Watch(high, low, listener);
        watches.add(watch);
        watch.look();
        return watch;
    }

    /** After memory passed. */
    void look() {
        if (!watches.isEmpty()) {
            watches.forEach(Watch::look);
        }
    }

    /**
     * One listener. Who tells it holds {@code telling}; others that see a crossing meanwhile leave it to that thread, which looks
     * again when it is done: so the calls alternate, do not overlap, and none is missing in the end.
     */
    private final class Watch implements Registration {

        private final double high;
        private final double low;
        private final PressureListener listener;
        private final AtomicBoolean telling = new AtomicBoolean();
        private volatile boolean isHigh; // written by who holds telling
        private volatile boolean closed;

        Watch(double high, double low, PressureListener listener) {
            this.high = high;
            this.low = low;
            this.listener = listener;
        }

        void look() {
            while (isCrossed(inUse.getAsLong()) && telling.compareAndSet(false, true)) {
                try {
                    long now = inUse.getAsLong();
                    if (isCrossed(now)) {
                        isHigh = !isHigh;
                        tell(isHigh ? Level.HIGH : Level.LOW, now);
                    }
                } finally {
                    telling.set(false);
                }
            }
        }

        private boolean isCrossed(long bytes) {
            double max = limit.getAsLong();
            return !closed && (isHigh ? bytes < low * max : bytes > high * max);
        }

        private void tell(Level level, long bytes) {
            events.pressure(level.name(), bytes, limit.getAsLong());
            try {
                listener.crossed(level, bytes);
            } catch (RuntimeException | Error failed) {
                LOG.log(System.Logger.Level.WARNING, "a listener failed that was told of pressure " + level, failed);
            }
        }

        @Override
        public void close() {
            closed = true;
            watches.remove(this);
        }
    }
}
