/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.junit;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.BufferPool;
import io.magpool.api.Incident;
import io.magpool.api.Incident.Kind;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves buffers out, and prints where they were acquired.
 *
 * {@snippet :
 * @RegisterExtension
 * final BuffersReleased buffers = new BuffersReleased();
 *
 * @Test
 * void answers() {
 *     Server server = new Server(buffers.pool());
 *     ...
 * }
 * }
 *
 * <p>A {@linkplain #pool() pool of the extension's own} lives as long as one test and catches misuse of buffers too. A
 * {@linkplain #watch pool of somebody else's} is compared with what it had out when the test began; its stacks are known if it
 * follows its acquisitions, see {@link PoolConfig#leakDetection()}.
 *
 * <p>Of tests that run at the same time each needs an instance of its own: a field that is not static.
 */
public final class BuffersReleased implements BeforeEachCallback, AfterEachCallback {

    private static final long PAUSE_NANOS = 1_000_000;

    private final Duration patience;
    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private final List<BufferPool> own = new CopyOnWriteArrayList<>();
    private final List<Watched> watched = new CopyOnWriteArrayList<>();

    private record Watched(BufferPool pool, long bytesOut) {

        Watched(BufferPool pool) {
            this(pool, out(pool));
        }

        boolean isBack() {
            return out(pool) <= bytesOut;
        }

        private static long out(BufferPool pool) {
            PoolStatistics now = pool.statistics();
            return now.acquiredBytes() + now.lostBytes();
        }
    }

    /** For tests that release all their buffers before they end. */
    public BuffersReleased() {
        this(Duration.ZERO);
    }

    /**
     * For tests whose buffers are released on other threads, perhaps a little later.
     *
     * @param patience how long to wait for the last release after the test
     * @throws IllegalArgumentException if the time is negative
     */
    public BuffersReleased(Duration patience) {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience is " + patience + ": must not be negative");
        }
        this.patience = patience;
    }

    /**
     * Creates a pool that checks everything. It is closed after the test.
     *
     * @return a pool, owned by this extension
     */
    public BufferPool pool() {
        return pool(PoolConfig.builder());
    }

    /**
     * Creates a pool with further settings that checks everything. It is closed after the test.
     *
     * @param settings what the pool shall be like; level of safety and listener are set by this method
     * @return a pool, owned by this extension
     */
    public BufferPool pool(PoolConfig.Builder settings) {
        BufferPool pool = BufferPool.create(
                settings.safety(PoolConfig.Safety.CHECKED).incidentListener(incidents::add).build());
        own.add(pool);
        watched.add(new Watched(pool));
        return pool;
    }

    /**
     * Watches a pool that remains the caller's. What it has out now is not held against any test.
     *
     * @param pool any pool
     * @return the same pool
     */
    public BufferPool watch(BufferPool pool) {
        watched.add(new Watched(Objects.requireNonNull(pool, "pool")));
        return pool;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        watched.replaceAll(earlier -> new Watched(earlier.pool()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> complaints = new ArrayList<>();
        for (Watched pool : watched) {
            if (!isBackInTime(pool)) {
                complaints.add(describe(pool));
            }
        }
        for (BufferPool pool : own) {
            pool.abandon(); // empties the quarantine, which may bring more incidents
            watched.removeIf(entry -> entry.pool().equals(pool));
        }
        own.clear();
        incidents.stream().filter(BuffersReleased::isMisuse).map(Incident::text).forEach(complaints::add);
        incidents.clear();
        if (!complaints.isEmpty()) {
            throw new AssertionError(String.join("\n", complaints));
        }
    }

    /** What leaked is out as well, and is told of with all that is out. */
    private static boolean isMisuse(Incident incident) {
        return incident.kind() != Kind.LEAK
                && incident.kind() != Kind.HELD_TOO_LONG
                && incident.kind() != Kind.RELEASED_LATE;
    }

    private boolean isBackInTime(Watched pool) {
        long start = System.nanoTime();
        while (!pool.isBack()) {
            if (System.nanoTime() - start >= patience.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    private static String describe(Watched entry) {
        long bytes = Watched.out(entry.pool()) - entry.bytesOut();
        StringBuilder text = new StringBuilder(entry.pool() + " has " + bytes + " bytes out after the test");
        List<AcquisitionSite> sites = entry.pool().acquisitionSites();
        if (sites.isEmpty()) {
            text.append("; it does not follow its acquisitions, so it is not known where they were made");
        }
        for (AcquisitionSite site : sites) {
            text.append("\n  ").append(site.text());
        }
        return text.toString();
    }
}
