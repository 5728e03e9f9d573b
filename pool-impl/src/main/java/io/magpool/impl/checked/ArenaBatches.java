/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.impl.memory.BoundedView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Lives that end together, so that one handshake with all threads serves many acquisitions.
 *
 * <p>An arena is closed when as many acquisitions as fit into a batch have joined it and all of them have left. Until then a
 * stale segment is alive, so what is caught through it is caught by handle and quarantine alone. When the pool is closed no
 * batch waits to be full: the last of its acquisitions to leave ends it, before the pool gives the memory back.
 */
final class ArenaBatches {

    private static final int BATCH = 64;

    private Batch open = new Batch();
    private boolean closed;

    /** Called for each sample: seldom. */
    synchronized Lifetime join() {
        Batch joined = open;
        joined.members++;
        joined.joined++;
        if (joined.joined == BATCH || closed) {
            open = new Batch();
        }
        return joined;
    }

    private synchronized boolean leave(Batch batch) {
        batch.members--;
        return batch.members == 0 && (batch.joined == BATCH || closed);
    }

    /** The pool was closed. May be called again. */
    void close() {
        Batch last;
        synchronized (this) {
            closed = true;
            last = open.members == 0 ? open : null;
            open = new Batch();
        }
        if (last != null) {
            last.closeUnlessInUse();
        }
    }

    private final class Batch implements Lifetime {

        private final Arena arena = Arena.ofShared();
        private int joined; // with members under the lock of the batches
        private int members;

        @Override
        public MemorySegment bound(MemorySegment segment) {
            return BoundedView.of(segment, arena);
        }

        @Override
        public boolean isBounded() {
            return true;
        }

        @Override
        public void end() {
            if (leave(this)) {
                closeUnlessInUse();
            }
        }

        /** Whose access is in the way cannot be told, and it need not be the access of who leaves. Nothing hangs on it. */
        private void closeUnlessInUse() {
            try {
                arena.close();
            } catch (IllegalStateException inUse) {
                // Then the arena stays open. Its segments have no memory of their own to give back.
            }
        }
    }
}
