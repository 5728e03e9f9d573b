/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

/** Is told what happens to slabs, by the hand, before anybody else can see it. */
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
     * A slab is at its end; all its chunks were free.
     *
     * @param slab in the caller's hand
     */
    void retired(Slab slab);
}
