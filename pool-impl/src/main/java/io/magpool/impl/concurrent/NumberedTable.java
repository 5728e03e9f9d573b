/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A growable table from numbers to nodes.
 *
 * <p>Writers hold the lock, and write an entry before they let its number be seen. Readers hold nothing: a reader knows a
 * number only through a happens-before edge (a stack's head, a magazine's hand-over) behind the write of its entry, so it
 * sees an array that holds the entry, though perhaps not the newest array. An entry is never removed, only replaced: a
 * stack's overtaken pop may still look it up, and its compare-and-set then fails whatever it found.
 *
 * @param <T> the nodes
 */
public final class NumberedTable<T extends Numbered> {

    private final int limit;
    private @Nullable Object[] nodes = new Object[16];
    private int size;
    private int[] vacant = new int[0]; // a stack of numbers whose nodes were given up
    private int vacancies;

    /**
     * Builds an empty table.
     *
     * @param limit how many nodes it can hold at most
     */
    public NumberedTable(int limit) {
        this.limit = limit;
    }

    /**
     * Adds a node under a vacant number, or else the next one.
     *
     * @param factory builds the node from its number
     * @return the node, or null if the table is full
     */
    public synchronized @Nullable T add(IntFunction<T> factory) {
        if (vacancies != 0) {
            T node = factory.apply(vacant[vacancies - 1]);
            vacancies--;
            put(node);
            return node;
        }
        if (size == limit) {
            return null;
        }
        T node = factory.apply(size);
        put(node);
        return node;
    }

    /**
     * Gives a node up, so that its number can be used again.
     *
     * @param node held by the caller, in no stack
     * @param placeholder what overtaken readers find from now on
     */
    public synchronized void vacate(T node, T placeholder) {
        if (vacancies == vacant.length) {
            vacant = Arrays.copyOf(vacant, Math.max(16, 2 * vacancies));
        }
        vacant[vacancies] = node.number();
        vacancies++;
        nodes[node.number()] = placeholder;
    }

    /**
     * Puts a node under its own number, in place of what was there.
     *
     * @param node the node
     */
    public synchronized void put(T node) {
        int number = node.number();
        if (number >= nodes.length) {
            @Nullable Object[] grown = Arrays.copyOf(nodes, Math.max(number + 1, nodes.length * 2));
            VarHandle.releaseFence(); // whoever sees the array sees its old entries
            nodes = grown;
        }
        nodes[number] = node;
        size = Math.max(size, number + 1);
    }

    /**
     * Finds a node that has been put there before, in the sense of the class comment.
     *
     * @param number its number
     * @return the node
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the number was published after the entry
    public T get(int number) {
        return (T) nodes[number];
    }

    /**
     * Calls back for each node, in the order of the numbers.
     *
     * @param visitor called on the calling thread, without a lock
     */
    @SuppressWarnings("unchecked")
    public void forEach(Consumer<? super T> visitor) {
        @Nullable Object[] snapshot;
        int count;
        synchronized (this) {
            snapshot = nodes;
            count = size;
        }
        for (int i = 0; i < count; i++) {
            Object node = snapshot[i];
            if (node != null) {
                visitor.accept((T) node);
            }
        }
    }
}
