/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

/**
 * Something that is found by its number in a {@link NumberedTable} and can stand in one {@link VersionedStack} at a time.
 *
 * <p>{@code next} and {@code depth} belong to whoever pushes the node; a pop may read them while the node has already
 * gone elsewhere, and then its compare-and-set fails.
 */
public abstract class Numbered {

    /** Stands for no node. */
    static final int NONE = -1;

    private final int number;
    int next = NONE;
    int depth;

    /**
     * Numbers a node.
     *
     * @param number the index in its table, 0 or more
     */
    protected Numbered(int number) {
        this.number = number;
    }

    /**
     * Returns the index in the table.
     *
     * @return the number
     */
    public final int number() {
        return number;
    }
}
