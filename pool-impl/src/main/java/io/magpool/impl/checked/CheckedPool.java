/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.ChildLimits;
import io.magpool.api.CloseReport;
import io.magpool.api.DumpFormat;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.PressureListener;
import io.magpool.api.Registration;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The face of a pool whose every acquisition is followed: each acquire passes by here. All else is the ordinary pool's, which
 * knows of its follower.
 *
 * <p>Where only samples are followed users have the ordinary pool itself, which picks them ({@link Samples}): another pool in
 * front would cost each acquire more than a nanosecond.
 *
 * <p>For {@link #onPressure} quarantined memory is in use.
 */
public final class CheckedPool implements BufferPool {

    private final BufferPool inner;
    private final Follower follower;

    /**
     * Puts it in front.
     *
     * @param ordinary a pool that nobody else uses
     * @param follower of its acquisitions
     */
    public CheckedPool(BufferPool ordinary, Follower follower) {
        this.inner = ordinary;
        this.follower = follower;
    }

    @Override
    public PooledBuffer acquire(long atLeast) {
        return followed(inner.acquire(atLeast), 1);
    }

    @Override
    public @Nullable PooledBuffer tryAcquire(long atLeast) {
        PooledBuffer buffer = inner.tryAcquire(atLeast);
        return buffer == null ? null : followed(buffer, 1);
    }

    @Override
    public PooledBuffer acquire(BufferRequest request) throws InterruptedException {
        return followed(inner.acquire(request), request.alignment());
    }

    private PooledBuffer followed(PooledBuffer buffer, long alignment) {
        return follower.followUsual(this, buffer, alignment);
    }

    @Override
    public Registration onAvailable(long size, Runnable action) {
        return inner.onAvailable(size, action);
    }

    @Override
    public Registration onPressure(double high, double low, PressureListener listener) {
        return inner.onPressure(high, low, listener);
    }

    @Override
    public void setMaxBytes(long maxBytes) {
        inner.setMaxBytes(maxBytes);
    }

    /** The ordinary pool's child has a face of its own, as this one has. */
    @Override
    public BufferPool child(String name, ChildLimits limits) {
        return inner.child(name, limits);
    }

    @Override
    public PoolStatistics statistics() {
        return inner.statistics();
    }

    @Override
    public List<AcquisitionSite> acquisitionSites() {
        return inner.acquisitionSites();
    }

    @Override
    public String dump(DumpFormat format) {
        return inner.dump(format);
    }

    @Override
    public void trimCurrentThread() {
        inner.trimCurrentThread();
    }

    @Override
    public TrimReport trim(TrimDepth depth) {
        return inner.trim(depth);
    }

    @Override
    public TrimReport maintain() {
        return inner.maintain();
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public CloseReport abandon() {
        return inner.abandon();
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
