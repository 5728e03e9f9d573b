/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PooledBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The room of a real pool.
 *
 * @param pool whose line it is
 * @param probe finds out for actions
 */
record PoolRoom(MagazinePool pool, Probe probe) implements Room {

    @Override
    public String name() {
        return pool.name();
    }

    @Override
    public @Nullable PooledBuffer acquireIfRoom(Wish wish, boolean byReclaim) {
        return pool.slowPath().acquireIfRoom(wish, byReclaim);
    }

    @Override
    public PooledBuffer receive(Wish wish, int number) {
        return pool.slowPath().receive(wish, number);
    }

    @Override
    public void takeBack(int number) {
        pool.slowPath().takeBack(number);
    }

    @Override
    public boolean finds(Wish wish, boolean byReclaim) {
        return probe.finds(wish, byReclaim);
    }

    @Override
    public long bytes() {
        return pool.arenas().room();
    }

    @Override
    public boolean othersGiveWay(Wish wish) {
        return pool.family().divertFor(pool, wish);
    }

    @Override
    public boolean isShortByOthers(Wish wish) {
        return pool.charge().isShortByOthers(wish.charge());
    }

    @Override
    public boolean isWantedByOthers() {
        return pool.family().isAnyShort(pool);
    }

    @Override
    public boolean canNeverServe(Wish wish) {
        return pool.limit().canNeverServe(wish);
    }

    @Override
    public boolean isClosed() {
        return pool.life().isClosed();
    }
}
