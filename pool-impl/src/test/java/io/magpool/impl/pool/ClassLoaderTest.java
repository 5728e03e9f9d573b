/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.impl.Eventually;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An application that brought the pool along is undeployed, while the threads that used the pool go on. */
class ClassLoaderTest {

    @Test
    void aPoolThatWasAbandonedInUseKeepsNoClassLoaderAlive() throws Exception {
        WeakReference<ClassLoader> gone = application();
        Eventually.isTrue("the application's class loader is collected", () -> {
            System.gc();
            return gone.refersTo(null);
        });
    }

    /** Uses a pool of classes that this JVM's modules do not give, on this thread and on a virtual one. */
    private static WeakReference<ClassLoader> application() throws Exception {
        URL[] places = {placeOf(BufferPool.class), placeOf(MagazinePool.class)};
        try (URLClassLoader loader = new URLClassLoader(places, null)) {
            Class<?> pools = loader.loadClass(BufferPool.class.getName());
            assertThat(pools).isNotSameAs(BufferPool.class);
            Class<?> configs = loader.loadClass("io.magpool.api.PoolConfig");
            Object pool = pools.getMethod("create", configs).invoke(null, configs.getMethod("defaults").invoke(null));
            Method acquire = pools.getMethod("acquire", long.class);
            Method release = loader.loadClass("io.magpool.api.PooledBuffer").getMethod("release");
            Object kept = acquire.invoke(pool, 1000L);
            release.invoke(acquire.invoke(pool, 5000L));
            FutureTask<?> virtual = new FutureTask<>(() -> release.invoke(acquire.invoke(pool, 100L)));
            Thread.ofVirtual().start(virtual);
            virtual.get(50, TimeUnit.SECONDS);
            assertThat(kept.toString()).contains("1024 bytes");
            Object report = pools.getMethod("abandon").invoke(pool);
            assertThat(report.toString()).contains("1");
            return new WeakReference<>(loader);
        }
    }

    private static URL placeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
