/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

/** Is told what happens to slabs and chunks, by whoever holds them, before anybody else can see it. */
public interface SlabListener {

    /**
     * A slab was cut into chunks; none has been handed out.
     *
     * @param slab in the caller's hand
     */
    void carved(Slab slab);

    /**
     * A free chunk lost all of its pages: whatever is kept for it can go, and if anything is built for it again, its memory
     * is zeros.
     *
     * @param slab in the caller's hand
     * @param place of the chunk
     */
    void purged(Slab slab, int place);

    /**
     * A chunk goes home that nobody wanted for an interval: whatever is kept for it can go. Its memory is as it was left, unless
     * it is purged later.
     *
     * @param slab the chunk's
     * @param place of the chunk, which the caller holds
     * @return true if anything was kept
     */
    boolean forget(Slab slab, int place);

    /**
     * A slab is at its end; all its chunks were free. If this throws, nothing has changed.
     *
     * @param slab in the caller's hand
     * @return is run if the system does not take the memory back after all: the slab goes on as it was
     */
    Runnable retired(Slab slab);
}
