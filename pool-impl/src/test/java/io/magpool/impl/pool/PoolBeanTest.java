/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.ArenaStatistics;
import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.LeakDetection;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.SizeClassStatistics;
import io.magpool.impl.Eventually;
import io.magpool.impl.insight.PoolBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

/** What JMX shows of a pool. */
class PoolBeanTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private Set<ObjectName> shown(String name) throws JMException {
        return server.queryNames(new ObjectName("io.magpool:type=BufferPool,name=" + name + ",*"), null);
    }

    @Test
    void attributesAndOperationsTellOfThePool() throws JMException {
        PoolConfig config =
                PoolConfig.builder().name("bean").maxBytes(8 << 20).leakDetection(LeakDetection.ALL).build();
        try (BufferPool pool = BufferPool.create(config); PooledBuffer buffer = pool.acquire(1000)) {
            ObjectName name = shown("bean").iterator().next();
            assertThat(name.getCanonicalName()).isEqualTo("io.magpool:name=bean,type=BufferPool");
            assertThat(server.getAttribute(name, "MaxBytes")).isEqualTo((long) (8 << 20));
            assertThat(server.getAttribute(name, "AcquiredBytes")).isEqualTo(buffer.capacity());
            assertThat(server.getAttribute(name, "Acquires")).isEqualTo(1L);
            assertThat(server.invoke(name, "dump", new Object[0], new String[0])).asString().contains("pool bean:");
            assertThat(server.invoke(name, "dumpHtml", new Object[0], new String[0])).asString()
                    .startsWith("<!DOCTYPE html>")
                    .contains("bean");
            assertThat(server.invoke(name, "trim", new Object[]{"FULL"}, new String[]{"java.lang.String"})).asString()
                    .contains("advisedBytes");
            assertThat(server.invoke(name, "leaks", new Object[0], new String[0])).asString()
                    .contains("1 buffer, 1024 bytes", "PoolBeanTest.attributesAndOperationsTellOfThePool");
        }
        assertThat(shown("bean")).as("after close").isEmpty();
    }

    @Test
    void eachAttributeIsTheTermOfItsName() throws JMException {
        BufferPool pool = DistinctStatistics.pool("distinct");
        Runnable end = PoolBean.show(pool, "distinct");
        try {
            ObjectName name = shown("distinct").iterator().next();
            Set<String> left = new TreeSet<>(DistinctStatistics.terms().keySet());
            left.remove("arenas"); // never changes, and is in the dump
            for (var attribute : server.getMBeanInfo(name).getAttributes()) {
                String term = attribute.getName().substring(0, 1).toLowerCase(Locale.ROOT)
                        + attribute.getName().substring(1);
                Object shown = server.getAttribute(name, attribute.getName());
                if (shown instanceof TabularData[] parts) { // by size class, by arena
                    assertThat(parts).isEmpty();
                    continue;
                }
                if (shown instanceof String[] names) {
                    assertThat(names).containsOnly("distinct/child");
                    shown = names.length;
                }
                assertThat(((Number) shown).longValue()).as(term).isEqualTo(DistinctStatistics.terms().get(term));
                left.remove(term);
            }
            assertThat(left).as("terms that are not shown").isEmpty();
        } finally {
            end.run();
        }
        assertThat(pool).isNotNull(); // the bean holds it weakly
    }

    @Test
    void eachTermOfEachSizeClassAndArenaIsShown() throws Exception {
        PoolConfig config = PoolConfig.builder().name("parts").maxBytes(64 << 20).arenas(2).build();
        try (BufferPool pool = BufferPool.create(config); PooledBuffer held = pool.acquire(1000)) {
            assertThat(held.capacity()).isEqualTo(1024);
            ObjectName name = shown("parts").iterator().next();
            TabularData[] classes = (TabularData[]) server.getAttribute(name, "SizeClasses");
            TabularData[] arenas = (TabularData[]) server.getAttribute(name, "ByArena");
            PoolStatistics now = pool.statistics();
            assertThat(classes).hasSameSizeAs(now.sizeClasses());
            assertThat(arenas).hasSize(2);
            for (int i = 0; i < classes.length; i++) {
                assertShows(classes[i], SizeClassStatistics.class, now.sizeClasses().get(i));
            }
            for (int i = 0; i < arenas.length; i++) {
                assertShows(arenas[i], ArenaStatistics.class, now.byArena().get(i));
            }
        }
    }

    private static void assertShows(TabularData shown, Class<?> type, Object terms) throws Exception {
        assertThat(shown.values()).hasSameSizeAs(type.getMethods());
        for (Method term : type.getMethods()) {
            CompositeData value = shown.get(new Object[]{term.getName()});
            assertThat(value).as(term.getName()).isNotNull();
            assertThat(value.get("value")).as(term.getName()).isEqualTo(((Number) term.invoke(terms)).longValue());
        }
    }

    /** Who uses a child alone keeps its parent alive, and what is shown of it, though not the parent's face. */
    @Test
    void aParentIsShownAsLongAsAChildIsUsed() throws Exception {
        BufferPool[] child = new BufferPool[1];
        WeakReference<BufferPool> face = childOfChecked(child);
        Eventually.isTrue("the parent's face is collected", () -> {
            System.gc();
            return face.refersTo(null);
        });
        try (PooledBuffer buffer = child[0].acquire(1000)) {
            assertThat(buffer.capacity()).isEqualTo(1024);
            assertThat(server.getAttribute(shown("faceless").iterator().next(), "AcquiredBytes")).isEqualTo(1024L);
        }
        child[0].close();
    }

    private static WeakReference<BufferPool> childOfChecked(BufferPool[] child) {
        PoolConfig config = PoolConfig.builder()
                .name("faceless")
                .maxBytes(64 << 20)
                .safety(PoolConfig.Safety.CHECKED)
                .build();
        BufferPool parent = BufferPool.create(config);
        child[0] = parent.child("a", ChildLimits.none());
        return new WeakReference<>(parent);
    }

    @Test
    void poolsOfOneNameAreToldApart() throws JMException {
        PoolConfig config = PoolConfig.builder().name("twin").maxBytes(8 << 20).build();
        try (BufferPool one = BufferPool.create(config); BufferPool other = BufferPool.create(config)) {
            assertThat(one).isNotSameAs(other);
            assertThat(shown("twin")).hasSize(2);
        }
        assertThat(shown("twin")).isEmpty();
    }

    @Test
    void aPoolIsNotShownAgainstItsSettings() throws JMException {
        PoolConfig config = PoolConfig.builder().name("hidden").maxBytes(8 << 20).jmx(false).build();
        try (BufferPool pool = BufferPool.create(config)) {
            assertThat(pool.statistics().acquires()).isZero();
            assertThat(shown("hidden")).isEmpty();
        }
    }

    @Test
    void ofAPoolThatWasForgottenJmxSaysSo() throws Exception {
        forget();
        ObjectName name = shown("forgotten").iterator().next();
        Eventually.passes(() -> {
            System.gc();
            assertThatThrownBy(() -> server.getAttribute(name, "Acquires"))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the pool is gone: nobody has had it any more, and it was not closed");
        });
        server.unregisterMBean(name);
    }

    private static void forget() {
        BufferPool.create(PoolConfig.builder().name("forgotten").maxBytes(8 << 20).build()).acquire(1).release();
    }

    /** The lines of the table, read back, add up. */
    @Test
    void theTableAddsUp() {
        PoolConfig config =
                PoolConfig.builder().name("table").maxBytes(64 << 20).safety(PoolConfig.Safety.CHECKED).build();
        try (BufferPool pool = BufferPool.create(config);
                PooledBuffer small = pool.acquire(1000);
                PooledBuffer large = pool.acquire(2 << 20)) {
            pool.acquire(300).release();
            pool.acquire(3 << 20).release();
            String table = pool.statistics().table();
            long sum = 0;
            int sums = 0;
            for (String line : table.lines().toList()) {
                if (line.matches("  [ +] [a-z].*\\d.*")) {
                    sum += number(line);
                } else if (line.startsWith("  = ")) {
                    assertThat(sum).as(line).isEqualTo(number(line)).isPositive();
                    sums++;
                } else if (!line.startsWith(" ")) {
                    sum = 0;
                }
            }
            assertThat(sums).as("sums: charged, carved, acquired").isEqualTo(3);
            assertThat(table).contains("pool table: memory ", "= carved");
            assertThat(table.lines().filter(line -> line.matches(".*quarantined +[\\d,]+.*"))
                    .mapToLong(PoolBeanTest::number))
                    .containsExactly(3L << 20, 320L);
            assertThat(
                    table.lines().filter(line -> line.matches("  .*acquired +[\\d,]+")).mapToLong(PoolBeanTest::number))
                    .containsExactly(large.capacity(), small.capacity(), small.capacity() + large.capacity());
            assertThat(table.lines()
                    .anyMatch(line -> line.matches(" +1024 +1 +0 +0 +\\d+ +\\d+ +\\d+ +\\d+ +\\d+ +1000 .*")))
                    .as(table)
                    .isTrue();
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceFirst("^[^\\d]*([\\d,]+).*$", "$1").replace(",", ""));
    }
}
