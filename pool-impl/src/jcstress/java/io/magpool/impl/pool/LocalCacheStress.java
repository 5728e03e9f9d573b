/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.magazine.PairLayout;
import io.magpool.impl.magazine.SampleRate;
import io.magpool.impl.slab.SizeClasses;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An entry of {@link LocalCaches} is published by a plain store, and met by another thread whose id falls on it: that sees whose it
 * is, by a final field. Results: what the other thread found, the owner: 1 so, 0 no entry yet, -1 not so.
 */
public final class LocalCacheStress {

    private static final PairLayout LAYOUT = new PairLayout(new int[SizeClasses.COUNT]);

    private LocalCacheStress() {}

    /** As it is. */
    @JCStressTest
    @Outcome(id = "[01], 1", expect = Expect.ACCEPTABLE, desc = "whoever sees the entry sees whose it is")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the entry is nobody's, or somebody else's")
    @State
    public static class Met {

        private static final Thread OWNER = new Thread(() -> {});

        private final LocalCache[] byId = new LocalCache[1];

        /** The owner. */
        @Actor
        @SuppressWarnings("NullAway") // nobody asks for the pool
        public void owner(II_Result r) {
            LocalCache own = new LocalCache(null, OWNER, LAYOUT, 0, false, SampleRate.NONE);
            byId[0] = own;
            r.r2 = own.isOwnedBy(OWNER) && !own.isOwnedBy(Thread.currentThread()) ? 1 : -1;
        }

        /** Another thread. */
        @Actor
        public void other(II_Result r) {
            LocalCache entry = byId[0];
            r.r1 = entry == null ? 0 : entry.isOwnedBy(OWNER) && !entry.isOwnedBy(Thread.currentThread()) ? 1 : -1;
        }
    }

    /** The broken twin: the entry is published before it has its owner, which is what a field that is not final allows. */
    @JCStressTest
    @Outcome(id = "[01], 1", expect = Expect.ACCEPTABLE, desc = "whoever sees the entry sees whose it is")
    @Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the entry is nobody's")
    @Outcome(expect = Expect.FORBIDDEN, desc = "cannot be explained")
    @State
    public static class BrokenPublishedTooEarly {

        private final Entry[] byId = new Entry[1];

        private static final class Entry {
            private long ownerId = LocalCache.NOBODY;
        }

        /** The owner. */
        @Actor
        public void owner(II_Result r) {
            Entry own = new Entry();
            byId[0] = own;
            own.ownerId = 7;
            r.r2 = 1;
        }

        /** Another thread. */
        @Actor
        public void other(II_Result r) {
            Entry entry = byId[0];
            r.r1 = entry == null ? 0 : entry.ownerId == 7 ? 1 : -1;
        }
    }
}
