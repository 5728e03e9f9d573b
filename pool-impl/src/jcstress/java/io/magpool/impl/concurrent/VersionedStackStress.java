/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads recycle nodes through a stack. Results: nodes found at the end, payloads that were not seen published. */
@JCStressTest
@Outcome(id = "3, 0", expect = Expect.ACCEPTABLE, desc = "each node once, with what was written before its push")
@Outcome(expect = Expect.FORBIDDEN, desc = "a node is lost or doubled, or not published")
@State
public class VersionedStackStress {

    private static final int NODES = 3;

    private final NumberedTable<Payload> table = new NumberedTable<>(NODES);
    private final VersionedStack<Payload> stack = new VersionedStack<>(table);

    /** Starts with all nodes in. */
    public VersionedStackStress() {
        for (int i = 0; i < NODES; i++) {
            stack.push(table.add(Payload::new));
        }
    }

    private static final class Payload extends Numbered {
        private int one;
        private int other;

        Payload(int number) {
            super(number);
        }
    }

    private int recycleTwo() {
        Payload first = stack.pop();
        Payload second = stack.pop();
        return recycle(first) + recycle(second);
    }

    private int recycle(Payload node) {
        if (node == null) {
            return 0;
        }
        int torn = node.one == node.other ? 0 : 1;
        node.one++;
        node.other++;
        stack.push(node);
        return torn;
    }

    /** A thread. */
    @Actor
    public void one(II_Result r) {
        int torn = recycleTwo();
        if (torn != 0) {
            r.r2 = torn;
        }
    }

    /** Another thread. */
    @Actor
    public void other(II_Result r) {
        int torn = recycleTwo();
        if (torn != 0) {
            r.r2 = torn;
        }
    }

    /** Counts the nodes, each once. */
    @Arbiter
    public void arbiter(II_Result r) {
        int seen = 0;
        for (Payload node = stack.pop(); node != null && Integer.bitCount(seen) < NODES; node = stack.pop()) {
            seen |= 1 << node.number();
        }
        r.r1 = Integer.bitCount(seen);
    }

    /** The broken twin: a head without a version, and nodes that come back. */
    @JCStressTest
    @Outcome(id = "3, 0", expect = Expect.ACCEPTABLE, desc = "each node once")
    @Outcome(id = "[012], [01]", expect = Expect.ACCEPTABLE_INTERESTING, desc = "a node is lost")
    @Outcome(id = "[0123], 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "a node is doubled")
    @Outcome(expect = Expect.FORBIDDEN, desc = "cannot be explained")
    @State
    public static class BrokenWithoutVersions {

        private static final int MOST_NODES = 2 * NODES; // a doubled node may make a circle

        private final NumberedTable<Payload> nodes = new NumberedTable<>(NODES);
        private final AtomicInteger head = new AtomicInteger(Numbered.NONE);

        /** Starts with all nodes in. */
        public BrokenWithoutVersions() {
            for (int i = 0; i < NODES; i++) {
                push(nodes.add(Payload::new));
            }
        }

        private void push(Payload node) {
            int seen;
            do {
                seen = head.get();
                node.next = seen;
            } while (!head.compareAndSet(seen, node.number()));
        }

        private Payload pop() {
            while (true) {
                int seen = head.get();
                if (seen == Numbered.NONE) {
                    return null;
                }
                Payload node = nodes.get(seen);
                if (head.compareAndSet(seen, node.next)) {
                    return node;
                }
            }
        }

        private void recycleTwo() {
            Payload first = pop();
            Payload second = pop();
            if (first != null) {
                push(first);
            }
            if (second != null) {
                push(second);
            }
        }

        /** A thread. */
        @Actor
        public void one() {
            recycleTwo();
        }

        /** Another thread. */
        @Actor
        public void other() {
            recycleTwo();
        }

        /** Counts the nodes that are found, and whether one is found twice. */
        @Arbiter
        public void arbiter(II_Result r) {
            int seen = 0;
            int left = MOST_NODES;
            for (Payload node = pop(); node != null && left > 0; node = pop()) {
                r.r2 = (seen & 1 << node.number()) != 0 ? 1 : r.r2;
                seen |= 1 << node.number();
                left--;
            }
            r.r1 = Integer.bitCount(seen);
        }
    }
}
