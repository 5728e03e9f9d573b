/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.concurrent.Generations;
import io.magpool.impl.concurrent.NumberedTable;
import io.magpool.impl.concurrent.PaddedLong;
import io.magpool.impl.magazine.Depot;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.slab.Slab;

/**
 * What one arena has of one size class.
 *
 * @param sizeClass of all chunks here
 * @param depot the magazines that no thread holds
 * @param partial the slabs that have free chunks and are in nobody's hand; in two generations, so that a trim can visit each
 *     once, holding one at a time
 * @param carving 1 while a thread cuts a slab that others shall share
 * @param visits how often threads on this core needed more than the depot has
 */
record Shelf(int sizeClass, Depot depot, Generations<Slab> partial, PaddedLong carving, Visits visits) {

    Shelf(int sizeClass, NumberedTable<Magazine> magazines, NumberedTable<Slab> slabs) {
        this(sizeClass, new Depot(magazines), new Generations<>(slabs), new PaddedLong(), new Visits());
    }
}
