/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.Incident;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.LeakDetection;
import io.magpool.api.PoolConfig.Safety;
import io.magpool.api.PoolConfig.Storage;
import io.magpool.api.PoolStatistics;
import io.magpool.api.TrimDepth;
import io.magpool.netty.Eventually;
import io.magpool.netty.MagpoolByteBufAllocator;
import io.magpool.netty.ReportingLeakDetector;
import io.netty.util.ResourceLeakDetector;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything on, for long: pools that check, sample and follow, through both faces, with threads that last and threads that
 * do not, children with limits and a guarantee, trim, waiters, call backs, Netty's leak detection at its most severe, a flight
 * recording of every event, JMX, a registry of Micrometer, and a culprit who misuses a pool of its own in every way.
 *
 * <pre>{@code
 * mvn -Psoak -DskipTests verify -pl pool-netty-adapter -am -Dsoak.minutes=30 -Dsoak.seed=1
 * }</pre>
 *
 * <p>Ends with a failure if anything is lost but what the culprit leaked, if there is a report without a cause or a cause
 * without a report, or if the process or its Java heap has grown, see {@link Level}. The Java heap is committed from the
 * beginning, and the C library gives back what the JIT's compilations leave in it, so that what grows is something else.
 */
final class Soak {

    private static final long MIB = 1L << 20;
    private static final long SLACK_RESIDENT = 16 * MIB;
    private static final long SLACK_HEAP = 8 * MIB;
    private static final long LONG_ENOUGH = TimeUnit.MINUTES.toNanos(10);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long HOLD_LIMIT_MILLIS = 20_000;
    private static final int TICKS_BETWEEN_READINGS = 10;
    private static final int TICKS_BETWEEN_TRIMS = 100;
    private static final int ROWS = 30;
    private static final String ROW = "%8s %14s %10s %12s %12s %14s %12s %10s %10s%n";

    private final PrintStream out;
    private final long nanos;
    private final long start = System.nanoTime();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Reports unexpected = new Reports();
    private final Reports reports = new Reports();
    private final BufferPool checked;
    private final BufferPool sampled;
    private final MagpoolByteBufAllocator netty;
    private final MagpoolByteBufAllocator misused;
    private final List<BufferPool> pools;
    private final List<BufferPool> children;
    private final List<PoolWork> poolWork;
    private final ByteBufWork nettyWork;
    private final Meters meters;
    private final List<Crew> crews;
    private final Culprit culprit;
    private final List<Long> resident = new ArrayList<>();
    private final List<Long> liveHeap = new ArrayList<>();
    private volatile boolean over;

    private Soak(long seed, long nanos, PrintStream out) {
        this.out = out;
        this.nanos = nanos;
        this.checked = BufferPool.create(
                config("soak-checked", unexpected).safety(Safety.CHECKED).quarantineBytes(8 * MIB).build());
        this.sampled = BufferPool.create(config("soak-sampled", unexpected).safety(Safety.SAMPLED).sampleRate(64)
                .leakDetection(LeakDetection.SAMPLED).build());
        BufferPool heap = BufferPool.create(config("soak-heap", unexpected).safety(Safety.SAMPLED).sampleRate(16)
                .storage(Storage.HEAP).build());
        this.netty = MagpoolByteBufAllocator.builder()
                .directPool(config("soak-direct", unexpected).safety(Safety.SAMPLED).sampleRate(16)
                        .leakDetection(LeakDetection.SAMPLED).build())
                .heapPool(heap)
                .build();
        this.misused = MagpoolByteBufAllocator.create(
                config("soak-misused", reports).safety(Safety.CHECKED).holdLimitMillis(HOLD_LIMIT_MILLIS).build());
        this.pools = List.of(checked, sampled, netty.pool(), heap, misused.pool());
        this.children = List.of(
                checked.child("tight", ChildLimits.atMost(8 * MIB)),
                sampled.child("safe", ChildLimits.atMost(16 * MIB).guaranteeing(8 * MIB)),
                sampled.child("other", ChildLimits.none()));
        this.meters = new Meters(Stream.concat(children.stream(), pools.stream()).toList());
        this.poolWork = Stream.concat(Stream.of(checked, sampled), children.stream()).map(PoolWork::new).toList();
        this.nettyWork = new ByteBufWork(netty);
        List<Crew> all = new ArrayList<>();
        for (PoolWork work : poolWork) {
            all.add(new Crew(work.pool().toString(), seed + all.size(), random -> work.new Worker(random), failure));
        }
        all.add(new Crew("netty", seed + all.size(), random -> nettyWork.new Worker(random), failure));
        this.crews = List.copyOf(all);
        this.culprit = new Culprit(misused, reports, seed, nanos > TimeUnit.MILLISECONDS.toNanos(HOLD_LIMIT_MILLIS));
    }

    private static PoolConfig.Builder config(String name, Reports listener) {
        return PoolConfig.builder().name(name).maxBytes(32 * MIB).leakDetection(LeakDetection.ALL)
                .incidentListener(listener);
    }

    /** Takes its settings from system properties. */
    public static void main(String[] arguments) throws Exception {
        String minutes = System.getProperty("soak.minutes", "1");
        long seed = Long.getLong("soak.seed", System.nanoTime());
        PrintStream out = System.out;
        out.println("date     " + LocalDate.now(ZoneOffset.UTC));
        out.println("JVM      " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        out.println("system   " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        out.println("command  -Dsoak.minutes=" + minutes + " -Dsoak.seed=" + seed);
        out.println();
        Soak soak = run(seed, (long) (Double.parseDouble(minutes) * 60e9), out);
        soak.assertFlat();
    }

    /** Runs and checks everything but sizes, which say something only after minutes. */
    static Soak run(long seed, long nanos, PrintStream out) throws Exception {
        ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ReportingLeakDetector.attributeTo("soak");
        try (Onlookers onlookers = new Onlookers()) {
            Soak soak = new Soak(seed, nanos, out);
            try {
                soak.run(onlookers);
            } finally {
                soak.pools.forEach(BufferPool::abandon);
            }
            return soak;
        } catch (AssertionError wrong) {
            throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
        } finally {
            ResourceLeakDetector.setLevel(before);
        }
    }

    private void run(Onlookers onlookers) throws Exception {
        crews.forEach(crew -> crew.begin(1));
        Thread misuse = Thread.ofPlatform().name("culprit").start(this::misuse);
        printHeader();
        for (long tick = 0; failure.get() == null && System.nanoTime() - start < nanos; tick++) {
            crews.forEach(crew -> crew.refresh(2));
            pools.forEach(BufferPool::statistics);
            children.forEach(BufferPool::statistics);
            if (tick % TICKS_BETWEEN_READINGS == 0) {
                onlookers.pollBeans();
                meters.scrape();
                resident.add(Onlookers.residentBytes());
            }
            if (tick % TICKS_BETWEEN_TRIMS == TICKS_BETWEEN_TRIMS - 1) {
                pools.subList(0, pools.size() - 1).forEach(pool -> pool.trim(TrimDepth.FULL));
            }
            if (System.nanoTime() - start > nanos / ROWS * liveHeap.size()) {
                liveHeap.add(Onlookers.liveHeapBytes());
                printRow();
            }
            LockSupport.parkNanos(TICK);
        }
        over = true;
        for (Crew crew : crews) {
            crew.end();
        }
        misuse.join(TimeUnit.MINUTES.toMillis(3));
        if (failure.get() != null) {
            throw new AssertionError(String.valueOf(failure.get().getMessage()), failure.get());
        }
        assertThat(misuse.isAlive()).as("the culprit is still at it").isFalse();
        settle(onlookers);
    }

    private void misuse() {
        try {
            while (!over && failure.get() == null) {
                culprit.round();
                LockSupport.parkNanos(TICK);
            }
        } catch (Throwable wrong) {
            failure.compareAndSet(null, wrong);
        }
    }

    private void settle(Onlookers onlookers) throws Exception {
        poolWork.forEach(PoolWork::end);
        nettyWork.end();
        System.gc();
        for (BufferPool pool : Stream.concat(children.stream(), pools.subList(0, pools.size() - 1).stream()).toList()) {
            meters.assertAgree(pool);
            Eventually.isTrue("nothing is acquired of " + pool + ", nor in the trimmer's hands",
                    () -> pool.statistics().acquiredBytes() == 0, () -> pool.statistics().table());
            PoolStatistics now = pool.statistics();
            assertThat(now.lostBytes()).as("lost of " + pool).isZero();
            assertThat(now.releases()).as("releases of " + pool).isEqualTo(now.acquires());
            pool.close();
            assertThat(pool.statistics().chargedBytes()).as("charged of " + pool + " after the close").isZero();
            assertThat(pool.statistics().reservedBytes()).as("reserved of " + pool + " after the close").isZero();
        }
        culprit.settle();
        assertThat(unexpected.isEmpty()).as("no report without a cause: " + unexpected.examples()).isTrue();
        List<String> leaksToNetty = ReportingLeakDetector.reportsOf("soak");
        assertThat(leaksToNetty).as("leaks that Netty reports")
                .allMatch(leak -> leak.contains(Culprit.class.getSimpleName() + ".leakByteBuf"));
        summarize(onlookers, leaksToNetty.size());
    }

    private void summarize(Onlookers onlookers, int leaksToNetty) throws Exception {
        out.println();
        long operations = pools.stream().map(BufferPool::statistics).mapToLong(Soak::operations).sum();
        out.printf("operations of the pools  %,d, by %,d threads in %,d steps%n", operations,
                crews.stream().mapToLong(Crew::lives).sum(), crews.stream().mapToLong(Crew::steps).sum());
        out.printf("hand-overs               %,d%n",
                sum(work -> work.handOvers) + nettyWork.handOvers.sum());
        out.printf("waits served, in vain    %,d, %,d; called back %,d%n",
                sum(work -> work.waitsServed), sum(work -> work.waitsInVain), sum(work -> work.callBacks));
        out.println("children                 " + children.stream()
                .map(BufferPool::statistics)
                .map(now -> String.format("%s %,d", now.poolName(), operations(now)))
                .collect(Collectors.joining(", ")) + " operations");
        out.println("misuse committed         " + culprit);
        out.println("misuse reported          " + reports + " to the listener, " + onlookers.logged()
                + " lines of the log, " + leaksToNetty + " leaks by Netty");
        out.println("reports without a cause  0");
        out.printf("beans read               %,d times; meters scraped %,d times%n", onlookers.polls(),
                meters.scrapes());
        Path file = Files.createTempFile("soak", ".jfr");
        out.println("latest events recorded   " + onlookers.recorded(file));
        Files.delete(file);
        for (Incident example : reports.examples().values()) {
            out.println();
            out.println(example.text().lines().limit(8).reduce((above, line) -> above + "\n" + line).orElseThrow());
        }
        out.println();
    }

    /** Says it of any run, and demands it of those that are long enough for compilers and caches to have come to rest. */
    private void assertFlat() {
        Level ofProcess = Level.of(resident.stream().mapToLong(Long::longValue).toArray());
        Level ofHeap = Level.of(liveHeap.stream().mapToLong(Long::longValue).toArray());
        out.println("resident                 " + ofProcess.inMebibytes());
        out.println("Java heap, collected     " + ofHeap.inMebibytes());
        out.println("Nothing is lost but what was leaked, and each report has a cause.");
        if (nanos < LONG_ENOUGH) {
            out.println("Too short to say whether memory is flat.");
            return;
        }
        assertThat(ofProcess.isFlatWithin(SLACK_RESIDENT)).as("resident: " + ofProcess.inMebibytes()).isTrue();
        assertThat(ofHeap.isFlatWithin(SLACK_HEAP)).as("heap: " + ofHeap.inMebibytes()).isTrue();
        out.println("Memory is flat.");
    }

    private long sum(Function<PoolWork, LongAdder> counter) {
        return poolWork.stream().map(counter).mapToLong(LongAdder::sum).sum();
    }

    private static long operations(PoolStatistics of) {
        return of.acquires() + of.releases();
    }

    private void printHeader() {
        out.printf(ROW, "minute", "operations", "RSS MiB", "heap MiB", "charged MiB", "quarantine KiB", "lost bytes",
                "refusals", "reports");
    }

    private void printRow() {
        List<PoolStatistics> now = pools.stream().map(BufferPool::statistics).toList();
        out.printf(ROW,
                String.format("%.1f", (System.nanoTime() - start) / 60e9),
                now.stream().mapToLong(Soak::operations).sum(),
                resident.getLast() >> 20,
                liveHeap.getLast() >> 20,
                now.stream().mapToLong(PoolStatistics::chargedBytes).sum() >> 20,
                now.stream().mapToLong(PoolStatistics::quarantinedBytes).sum() >> 10,
                now.stream().mapToLong(PoolStatistics::lostBytes).sum(),
                now.stream().mapToLong(PoolStatistics::refusals).sum(),
                reports);
    }
}
