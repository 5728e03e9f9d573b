/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A table that grows while others look up entries that they know, without a lock: whoever sees the new array, by a plain
 * read, sees the old entries in it (the release fence before the array's publication), and whoever was told of the new
 * entry's number finds it. The pool's table of handles grows in the same way.
 */
public final class NumberedTableStress {

    private static final int FULL = 16; // entries of a new table's array

    private NumberedTableStress() {}

    /** Results: an old entry and the new one, if its number was seen: 1 found, 0 not told yet, -1 not found. */
    @Outcome(id = "1, [01]", expect = Expect.ACCEPTABLE, desc = "what is known is found")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an entry that is known is not found")
    private static final class Found {}

    private static final class Node extends Numbered {
        private final int content;

        Node(int number) {
            super(number);
            this.content = number + 1;
        }
    }

    /** As it is. */
    @JCStressTest
    @JCStressMeta(Found.class)
    @State
    public static class Grows {

        private final NumberedTable<Node> table = new NumberedTable<>(100);
        private volatile int told;

        /** Begins full. */
        public Grows() {
            for (int i = 0; i < FULL; i++) {
                table.add(Node::new);
            }
        }

        /** Grows the table. */
        @Actor
        public void writer() {
            told = table.add(Node::new).number();
        }

        /** Looks up. */
        @Actor
        public void reader(II_Result r) {
            Node old = table.get(3);
            r.r1 = old != null && old.content == 4 ? 1 : -1;
            int number = told;
            Node fresh = number == 0 ? null : table.get(number);
            r.r2 = number == 0 ? 0 : fresh != null && fresh.content == FULL + 1 ? 1 : -1;
        }
    }

    /** The broken twin: the array is published before it is filled, which is what a missing fence allows. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "what is known is found")
    @Outcome(id = "-1, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "an old entry is not found")
    @Outcome(expect = Expect.FORBIDDEN, desc = "cannot be explained")
    @State
    public static class BrokenPublishedTooEarly {

        private Object[] nodes = new Object[FULL];

        /** Begins full. */
        public BrokenPublishedTooEarly() {
            Arrays.setAll(nodes, Node::new);
        }

        /** Grows the table. */
        @Actor
        public void writer() {
            Object[] old = nodes;
            Object[] grown = new Object[2 * FULL];
            nodes = grown;
            System.arraycopy(old, 0, grown, 0, FULL);
        }

        /** Looks up. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = nodes[3] != null ? 1 : -1;
        }
    }
}
