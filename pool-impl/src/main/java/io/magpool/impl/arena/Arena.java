/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.concurrent.NumberedTable;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.slab.SizeClasses;
import io.magpool.impl.slab.Slab;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** One core's depots and slabs: a shelf for each size class, built when it is first needed. */
final class Arena {

    private final AtomicReferenceArray<@Nullable Shelf> shelves = new AtomicReferenceArray<>(SizeClasses.COUNT);
    private final NumberedTable<Magazine> magazines;
    private final NumberedTable<Slab> slabs;

    Arena(NumberedTable<Magazine> magazines, NumberedTable<Slab> slabs) {
        this.magazines = magazines;
        this.slabs = slabs;
    }

    Shelf shelf(int sizeClass) {
        Shelf shelf = shelves.get(sizeClass);
        return shelf != null ? shelf : buildShelf(sizeClass);
    }

    private Shelf buildShelf(int sizeClass) {
        Shelf fresh = new Shelf(sizeClass, magazines, slabs);
        Shelf witness = shelves.compareAndExchange(sizeClass, null, fresh);
        return witness != null ? witness : fresh;
    }

    @Nullable Shelf shelfIfBuilt(int sizeClass) {
        return shelves.get(sizeClass);
    }
}
