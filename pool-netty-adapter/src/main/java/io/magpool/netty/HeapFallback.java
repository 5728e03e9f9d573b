/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static java.lang.System.Logger.Level.WARNING;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the heap buffers that stand in for direct ones, and says so: at the first, the second, the fourth, the eighth
 * and so on, so that a server in trouble is heard and does not drown its log.
 */
final class HeapFallback {

    private static final System.Logger LOG = System.getLogger(HeapFallback.class.getPackageName());

    private final boolean allowed;
    private final AtomicLong times = new AtomicLong();

    HeapFallback(boolean allowed) {
        this.allowed = allowed;
    }

    boolean isAllowed() {
        return allowed;
    }

    void happened(BufferSource full, int asked) {
        long time = times.incrementAndGet();
        if (Long.bitCount(time) == 1) {
            LOG.log(WARNING, "{0} had no room for {1} bytes: a heap buffer was handed out instead, number {2} so far",
                    full.pool, Integer.toString(asked), Long.toString(time));
        }
    }

    long count() {
        return times.get();
    }
}
