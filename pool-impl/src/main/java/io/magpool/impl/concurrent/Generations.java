/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Two stacks by age. What is pushed goes on the current one; what is popped comes from the current one first, then from the
 * old one. Who {@linkplain #flip flips} the two takes first what is left in the old one: nobody wanted it for a whole
 * interval. A stack has no cold end to pop from; this gives it one, an interval deep.
 *
 * <p>Everybody but the one who flips may read the epoch too late. Then a node lands on, or comes from, the other stack:
 * it looks older or younger than it is by an interval, and is not lost.
 *
 * @param <T> the nodes
 */
public final class Generations<T extends Numbered> {

    private final VersionedStack<T> even;
    private final VersionedStack<T> odd;
    private volatile int epoch;

    /**
     * Builds two empty stacks.
     *
     * @param table finds the nodes
     */
    public Generations(NumberedTable<T> table) {
        even = new VersionedStack<>(table);
        odd = new VersionedStack<>(table);
    }

    private VersionedStack<T> stack(int of) {
        return (of & 1) == 0 ? even : odd;
    }

    /**
     * Puts a node in.
     *
     * @param node a node that the caller holds and that stands in no stack
     */
    public void push(T node) {
        stack(epoch).push(node);
    }

    /**
     * Takes the node that was put last, as far as that is known.
     *
     * @return the node, now held by the caller alone, or null if each stack was empty when it was looked at: others who take
     *     meanwhile may leave a node that was put behind the first look
     */
    public @Nullable T pop() {
        int seen = epoch; // once, so that both stacks are looked at
        T node = stack(seen).pop();
        return node != null ? node : stack(seen + 1).pop();
    }

    /**
     * Takes a node that has stood here since before the last flip.
     *
     * @return the node, now held by the caller alone, or null if there is none
     */
    public @Nullable T popOld() {
        return stack(epoch + 1).pop();
    }

    /** Begins a new interval: what is in is old from now on. One thread at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    public void flip() {
        epoch++;
    }

    /**
     * Tells how many nodes there are.
     *
     * @return exact while nobody pushes or pops, else a recent figure
     */
    public int depth() {
        return even.depth() + odd.depth();
    }

    /**
     * Tells how many nodes have stood here since before the last flip.
     *
     * @return exact while nobody pops, else a recent figure
     */
    public int oldDepth() {
        return stack(epoch + 1).depth();
    }

    /**
     * Visits the nodes. Exact while nobody pushes or pops; else some may be missing, and some be elsewhere by now.
     *
     * @param visitor is called on this thread
     */
    public void forEach(Consumer<? super T> visitor) {
        even.forEach(visitor);
        odd.forEach(visitor);
    }

    /**
     * Adds up a property of the nodes. Exact while nobody pushes or pops, else a recent figure.
     *
     * @param property of a node
     * @return the sum
     */
    public long sum(ToLongFunction<? super T> property) {
        return even.sum(property) + odd.sum(property);
    }
}
