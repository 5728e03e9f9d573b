/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.slab.SizeClasses;

/**
 * What one arena has of one size class in its depot, how often threads there needed more, and what went back.
 *
 * @param cached chunks in magazines
 * @param refills magazines filled from slabs
 * @param carves slabs cut
 * @param steals magazines taken from neighbours
 * @param trimmedBytes what trims gave back of its slabs
 */
public record ShelfCount(long cached, long refills, long carves, long steals, long trimmedBytes) {

    /** Of a shelf that is not there. */
    public static final ShelfCount NOTHING = new ShelfCount(0, 0, 0, 0, 0);

    static ShelfCount of(Shelf shelf) {
        Visits visits = shelf.visits();
        return new ShelfCount(
                shelf.depot().rounds(),
                visits.refills().get(),
                visits.carves().get(),
                visits.steals().get(),
                visits.trimmed().get());
    }

    /**
     * Adds up what all arenas have of all size classes.
     *
     * @param arenas of one pool
     * @return exact while the pool is quiet, else recent figures
     */
    public static ShelfCount ofAll(Arenas arenas) {
        ShelfCount sum = NOTHING;
        for (int arena = 0; arena < arenas.count(); arena++) {
            for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
                sum = sum.plus(arenas.count(arena, sizeClass));
            }
        }
        return sum;
    }

    /**
     * Adds up two.
     *
     * @param other the other
     * @return the sum
     */
    public ShelfCount plus(ShelfCount other) {
        return new ShelfCount(
                cached + other.cached,
                refills + other.refills,
                carves + other.carves,
                steals + other.steals,
                trimmedBytes + other.trimmedBytes);
    }
}
