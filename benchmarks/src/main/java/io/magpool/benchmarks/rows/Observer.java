/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.micrometer.PoolMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Who looks at a pool while it is measured, chosen by a system property of the JVM that measures. */
public enum Observer {

    /** Nobody. */
    NOBODY {
        @Override
        BufferPool watched(BufferPool pool) {
            return pool;
        }
    },

    /** The flight recorder with the settings that come with the pool. */
    FLIGHT_RECORDER {
        @Override
        BufferPool watched(BufferPool pool) {
            try (InputStream settings = BufferPool.class.getClassLoader()
                    .getResourceAsStream("META-INF/jfr/magpool.jfc");
                    Reader reader = new InputStreamReader(settings, StandardCharsets.UTF_8)) {
                new Recording(Configuration.create(reader)).start();
                return pool;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        }
    },

    /** Every attribute of the pool's bean is read once in a second. */
    BEAN {
        @Override
        BufferPool watched(BufferPool pool) {
            everySecond(Observer::readBeans);
            return pool;
        }
    },

    /** A registry of Micrometer is scraped once in a second. */
    METERS {
        @Override
        BufferPool watched(BufferPool pool) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new PoolMetrics(pool).bindTo(registry);
            everySecond(() -> registry.getMeters().forEach(Meter::measure));
            return pool;
        }
    },

    /** A listener waits for pressure, which does not come. */
    PRESSURE {
        @Override
        BufferPool watched(BufferPool pool) {
            pool.onPressure(0.9, 0.7, (low, high) -> {});
            return pool;
        }
    },

    /** What is measured is a child with a limit and a guarantee. */
    CHILD {
        @Override
        BufferPool watched(BufferPool pool) {
            return pool.child("tenant", ChildLimits.atMost(JvmFlags.OFF_HEAP_BYTES / 2)
                    .guaranteeing(JvmFlags.OFF_HEAP_BYTES / 4));
        }
    };

    private static final String PROPERTY = "benchmarks.observer";
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Returns the flag that chooses it. */
    String flag() {
        return "-D" + PROPERTY + "=" + name();
    }

    /** Returns who looks at what this JVM measures. */
    static Observer chosen() {
        return valueOf(System.getProperty(PROPERTY, NOBODY.name()));
    }

    /** Begins to look at a pool, for as long as the JVM runs, and returns what is to be measured. */
    abstract BufferPool watched(BufferPool pool);

    private static void everySecond(Runnable look) {
        Thread.ofPlatform().daemon().name("observer").start(() -> {
            while (true) {
                look.run();
                LockSupport.parkNanos(SECOND.toNanos());
            }
        });
    }

    private static void readBeans() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName pool : server.queryNames(new ObjectName("io.magpool:type=BufferPool,*"), null)) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(pool).getAttributes()) {
                    server.getAttribute(pool, attribute.getName());
                }
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
