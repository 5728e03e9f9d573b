/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.insight.PoolPicture;
import io.magpool.impl.insight.SlabPicture;
import io.magpool.impl.insight.Whereabouts;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.Slab;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds where each chunk is, without stopping the pool: looks into slabs, then magazines, then handles, then at what is withheld.
 *
 * <p>All these looks race with the threads that work. A chunk that moves meanwhile may be seen at two places, where the later look
 * counts, or at none: then it is shown as on its way. While the pool is quiet the picture is exact. Nothing is changed, and nobody is
 * waited for: rejected was to revoke all caches first, which would show what is in threads as being in depots.
 */
final class Survey {

    private static final long PAGE = 1L << Memory.PAGE_SHIFT;

    private final MagazinePool pool;
    private final Map<Integer, SlabPicture> bySlab = new HashMap<>();

    private Survey(MagazinePool pool) {
        this.pool = pool;
    }

    static PoolPicture of(MagazinePool pool) {
        if (!pool.isParent()) {
            Census now = Census.of(pool, true);
            return new PoolPicture(Instant.now(), now, List.of(part(pool, now)));
        }
        PoolStatistics now = pool.family().total(true);
        List<PoolPicture.Part> parts = new ArrayList<>();
        parts.add(part(pool, Census.of(pool, false)));
        for (MagazinePool child : pool.family().children()) {
            parts.add(part(child, Census.of(child, false)));
        }
        return new PoolPicture(Instant.now(), now, parts);
    }

    private static PoolPicture.Part part(MagazinePool pool, Census own) {
        Survey survey = new Survey(pool);
        survey.look();
        List<SlabPicture> slabs =
                survey.bySlab.values().stream().sorted(Comparator.comparingInt(SlabPicture::number)).toList();
        return new PoolPicture.Part(pool.name(), own.sizeClasses(), pool.acquisitionSites(), slabs);
    }

    private void look() {
        pool.arenas().forEachSlab(this::add);
        pool.arenas().forEachRound(number -> mark(number, Whereabouts.IN_DEPOT));
        pool.caches().caches().forEach(cache -> cache.forEachRound(number -> mark(number, Whereabouts.IN_THREAD)));
        bySlab.values().forEach(this::markAcquired);
        markAll(pool.withheld().quarantined().buffersNow(), Whereabouts.QUARANTINED);
        markAll(pool.withheld().lost().buffersNow(), Whereabouts.LOST);
    }

    private void add(Slab slab) {
        List<Whereabouts> chunks = new ArrayList<>(Collections.nCopies(slab.count(), Whereabouts.IN_HAND));
        slab.forEachFree((place, whole) -> chunks.set(place, whole ? Whereabouts.FREE : Whereabouts.PURGED));
        boolean paged = pool.platform().memory().slabAlignment() > 1;
        bySlab.put(
                slab.number(),
                new SlabPicture(
                        slab.number(),
                        slab.arena(),
                        slab.chunkBytes(),
                        chunks,
                        paged ? charged(slab) : null,
                        paged ? resident(slab) : null));
    }

    private static BitSet charged(Slab slab) {
        BitSet charged = new BitSet();
        for (int page = 0; page < SlabPicture.PAGES; page++) {
            charged.set(page, slab.isBackedAt(page * PAGE));
        }
        return charged;
    }

    private @Nullable BitSet resident(Slab slab) {
        try {
            return pool.platform().memory().residentPages(slab.address(), Slab.BYTES);
        } catch (MemoryRefusedException gone) {
            return null;
        }
    }

    private void mark(int number, Whereabouts where) {
        SlabPicture slab = number < 0 ? null : bySlab.get(ChunkNumber.slab(number));
        if (slab != null && ChunkNumber.place(number) < slab.chunks().size()) {
            slab.chunks().set(ChunkNumber.place(number), where);
        }
    }

    private void markAcquired(SlabPicture slab) {
        for (int place = 0; place < slab.chunks().size(); place++) {
            Chunk chunk = pool.chunks().find(slab.number(), place);
            if (chunk != null && chunk.isAcquired()) {
                slab.chunks().set(place, Whereabouts.ACQUIRED);
            }
        }
    }

    private void markAll(List<PooledBuffer> buffers, Whereabouts where) {
        for (PooledBuffer buffer : buffers) {
            if (buffer instanceof Chunk chunk) {
                mark(chunk.number(), where);
            }
        }
    }
}
