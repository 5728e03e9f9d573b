/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.insight;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.BufferPool;
import io.magpool.api.BufferPoolMXBean;
import io.magpool.api.DumpFormat;
import io.magpool.api.PoolStatistics;
import io.magpool.api.TrimDepth;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * A pool in the platform's MBean server. Holds the pool weakly: a pool that nobody has any more is not kept alive by being
 * shown.
 */
public final class PoolBean implements BufferPoolMXBean {

    private static final Logger LOG = System.getLogger(BufferPool.class.getName());
    private static final int MAX_NUMBER = 10_000;

    private final WeakReference<BufferPool> pool;

    private PoolBean(BufferPool pool) {
        this.pool = new WeakReference<>(pool);
    }

    /**
     * Shows a pool. If that fails, a warning is logged and nothing else happens.
     *
     * @param pool the pool as users have it
     * @param name its name
     * @return ends it; may be run on any thread, also more than once
     */
    public static Runnable show(BufferPool pool, String name) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName shown =
                    register(server, new StandardMBean(new PoolBean(pool), BufferPoolMXBean.class, true), name);
            return () -> hide(server, shown);
        } catch (JMException notShown) {
            LOG.log(Level.WARNING, "JMX does not show pool " + name, notShown);
            return () -> {};
        }
    }

    private static ObjectName register(MBeanServer server, StandardMBean bean, String name) throws JMException {
        String wanted = "io.magpool:type=BufferPool,name=" + name;
        for (int number = 1;; number++) {
            ObjectName free = new ObjectName(number == 1 ? wanted : wanted + ",number=" + number);
            try {
                server.registerMBean(bean, free);
                return free;
            } catch (InstanceAlreadyExistsException taken) {
                if (number == MAX_NUMBER) {
                    throw taken;
                }
            }
        }
    }

    private static void hide(MBeanServer server, ObjectName shown) {
        try {
            if (server.isRegistered(shown)) {
                server.unregisterMBean(shown);
            }
        } catch (JMException byAnother) {
            LOG.log(Level.DEBUG, "was unregistered already: " + shown, byAnother);
        }
    }

    private BufferPool pool() {
        @Nullable BufferPool present = pool.get();
        if (present == null) {
            throw new IllegalStateException("the pool is gone: nobody has had it any more, and it was not closed");
        }
        return present;
    }

    private PoolStatistics now() {
        return pool().statistics();
    }

    @Override
    public long getMaxBytes() {
        return now().maxBytes();
    }

    @Override
    public long getReservedBytes() {
        return now().reservedBytes();
    }

    @Override
    public long getChargedBytes() {
        return now().chargedBytes();
    }

    @Override
    public long getSetAsideBytes() {
        return now().setAsideBytes();
    }

    @Override
    public String[] getChildren() {
        return now().children().stream().map(PoolStatistics::poolName).toArray(String[]::new);
    }

    @Override
    public long getAcquiredBytes() {
        return now().acquiredBytes();
    }

    @Override
    public long getQuarantinedBytes() {
        return now().quarantinedBytes();
    }

    @Override
    public long getLostBytes() {
        return now().lostBytes();
    }

    @Override
    public long getCachedInThreadsBytes() {
        return now().cachedInThreadsBytes();
    }

    @Override
    public long getCachedInDepotsBytes() {
        return now().cachedInDepotsBytes();
    }

    @Override
    public long getFreeBytes() {
        return now().freeBytes();
    }

    @Override
    public long getPurgedBytes() {
        return now().purgedBytes();
    }

    @Override
    public long getCarvedBytes() {
        return now().carvedBytes();
    }

    @Override
    public long getLargeBytes() {
        return now().largeBytes();
    }

    @Override
    public long getCachedLargeBytes() {
        return now().cachedLargeBytes();
    }

    @Override
    public long getAcquires() {
        return now().acquires();
    }

    @Override
    public long getReleases() {
        return now().releases();
    }

    @Override
    public long getRefusals() {
        return now().refusals();
    }

    @Override
    public long getResidentBytes() {
        return now().residentBytes().orElse(-1);
    }

    @Override
    public long getBackedBytes() {
        return now().backedBytes();
    }

    @Override
    public long getAskedBytes() {
        return now().askedBytes();
    }

    @Override
    public int getThreadCaches() {
        return now().threadCaches();
    }

    @Override
    public long getExchanges() {
        return now().exchanges();
    }

    @Override
    public long getSteals() {
        return now().steals();
    }

    @Override
    public long getRefills() {
        return now().refills();
    }

    @Override
    public long getCarves() {
        return now().carves();
    }

    @Override
    public long getWaits() {
        return now().waits();
    }

    @Override
    public int getWaiting() {
        return now().waiting();
    }

    @Override
    public long getTrims() {
        return now().trims();
    }

    @Override
    public long getTrimmedBytes() {
        return now().trimmedBytes();
    }

    @Override
    public List<Map<String, Long>> getSizeClasses() {
        return now().sizeClasses().stream().map(TermsByName::of).toList();
    }

    @Override
    public List<Map<String, Long>> getByArena() {
        return now().byArena().stream().map(TermsByName::of).toList();
    }

    @Override
    public String trim(TrimDepth depth) {
        return pool().trim(depth).toString();
    }

    @Override
    public String dump() {
        return pool().dump(DumpFormat.TEXT);
    }

    @Override
    public String dumpHtml() {
        return pool().dump(DumpFormat.HTML);
    }

    @Override
    public String leaks() {
        String places = pool().acquisitionSites().stream().map(AcquisitionSite::text).collect(Collectors.joining("\n"));
        return places.isEmpty() ? "nothing that is followed is out" : places;
    }
}
