/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Treiber's lock-free stack (IBM RJ 5118, 1986) over recycled nodes.
 *
 * <p>Recycled nodes bring the ABA problem: between a pop's read of {@code next} and its compare-and-set the node may have
 * been popped and pushed again over another successor. So the head is one long of a 40-bit version and a 24-bit node
 * number, and each change counts the version up: a pop that was overtaken fails, unless 2^40 changes happened meanwhile.
 *
 * <p>What may race: a pop reads {@code next} and {@code depth} of a node that another thread has popped and owns by now.
 * The values may be anything; the compare-and-set then fails and they are forgotten. A push publishes the node, and all
 * that its thread did before, by the compare-and-set of the head; a pop's read of the head pairs with it.
 *
 * <p>Rejected: a bounded MPMC queue (FIFO gives the coldest memory first, and it is not lock-free while a producer
 * stalls); fresh nodes for each push (garbage on a path that must have none).
 *
 * @param <T> the nodes
 */
public final class VersionedStack<T extends Numbered> {

    /** How many nodes a stack's table may number. */
    public static final int MAX_NODES = (1 << 24) - 1;

    private static final int NUMBER_BITS = 24;
    private static final long NUMBER_MASK = (1L << NUMBER_BITS) - 1;

    private final NumberedTable<T> table;
    private final PaddedLong head = new PaddedLong(); // version | number + 1

    /**
     * Builds an empty stack.
     *
     * @param table finds the nodes
     */
    public VersionedStack(NumberedTable<T> table) {
        this.table = table;
    }

    /**
     * Puts a node on top.
     *
     * @param node a node that the caller holds and that stands in no stack
     */
    public void push(T node) {
        long seen;
        do {
            seen = head.get();
            int top = number(seen);
            node.next = top;
            node.depth = top == Numbered.NONE ? 1 : table.get(top).depth + 1;
        } while (!head.cas(seen, successor(seen, node.number())));
    }

    /**
     * Takes the top node.
     *
     * @return the node, now held by the caller alone, or null if the stack is empty
     */
    public @Nullable T pop() {
        while (true) {
            long seen = head.get();
            int top = number(seen);
            if (top == Numbered.NONE) {
                return null;
            }
            T node = table.get(top);
            if (head.cas(seen, successor(seen, node.next))) {
                return node;
            }
        }
    }

    /**
     * Tells how many nodes the stack holds.
     *
     * @return exact while nobody pushes or pops, else a recent figure
     */
    public int depth() {
        int top = number(head.get());
        return top == Numbered.NONE ? 0 : table.get(top).depth;
    }

    /**
     * Visits the nodes, top first. Exact while nobody pushes or pops; else some may be missing, and some be elsewhere by now.
     *
     * @param visitor is called on this thread
     */
    public void forEach(Consumer<? super T> visitor) {
        int at = number(head.get());
        for (int left = depth(); left > 0 && at != Numbered.NONE; left--) {
            T node = table.get(at);
            visitor.accept(node);
            at = node.next;
        }
    }

    /**
     * Adds up a property of the nodes, top first. Exact while nobody pushes or pops, else a recent figure.
     *
     * @param property of a node
     * @return the sum
     */
    public long sum(ToLongFunction<? super T> property) {
        long[] sum = {0};
        forEach(node -> sum[0] += property.applyAsLong(node));
        return sum[0];
    }

    private static int number(long head) {
        return (int) (head & NUMBER_MASK) - 1;
    }

    private static long successor(long head, int number) {
        return (((head >>> NUMBER_BITS) + 1) << NUMBER_BITS) | (number + 1);
    }
}
