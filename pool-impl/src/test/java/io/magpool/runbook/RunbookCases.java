/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.runbook;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.BufferPool;
import io.magpool.api.DumpFormat;
import io.magpool.api.Incident;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Makes what docs/runbook.md shows: four troubles of a pool, and what its observers say of each. Its main method prints them. */
final class RunbookCases {

    private static final int MIB = 1 << 20;

    private RunbookCases() {}

    public static void main(String[] unused) throws Exception {
        print("RSS is high", rssIsHigh());
        print("acquire is refused", acquireIsRefused());
        print("something leaks", somethingLeaks());
        print("it got slower", itGotSlower());
    }

    /** Without numbers of lines, which change with each edit of whatever file. */
    private static void print(String trouble, String shown) {
        System.out.println("##### " + trouble + "\n"
                + shown.replaceAll("\\.java:\\d+\\)", ".java)").replaceAll(" line: \\d+", ""));
    }

    private static PoolConfig.Builder config() {
        return PoolConfig.builder().name("web").maxBytes(256L * MIB).arenas(2)
                .maintenance(PoolConfig.Maintenance.MANUAL);
    }

    /** A burst is over; a tenth of it stays, scattered. A trim by hand tells what was idle. */
    static String rssIsHigh() {
        SplittableRandom random = new SplittableRandom(1);
        try (BufferPool pool = BufferPool.create(config().build())) {
            List<PooledBuffer> held = new ArrayList<>();
            for (int i = 0; i < 4000; i++) {
                PooledBuffer buffer = pool.acquire(16_000);
                buffer.segment().fill((byte) 1);
                held.add(buffer);
            }
            List<PooledBuffer> survivors = new ArrayList<>();
            held.forEach(buffer -> {
                if (random.nextInt(10) == 0) {
                    survivors.add(buffer);
                } else {
                    buffer.release();
                }
            });
            String before = pool.dump(DumpFormat.TEXT);
            String report = pool.trim(TrimDepth.FULL).toString();
            String after = pool.dump(DumpFormat.TEXT);
            survivors.forEach(PooledBuffer::release);
            return before + "--- trim(FULL)\n" + report + "\n--- after it\n" + after;
        }
    }

    /** Users hold all that the limit allows. */
    static String acquireIsRefused() throws IOException {
        Path file = Files.createTempFile("runbook", ".jfr");
        String words;
        try (Recording recording = new Recording();
                BufferPool pool = BufferPool.create(
                        config().name("full").maxBytes(8L * MIB).leakDetection(PoolConfig.LeakDetection.ALL).build())) {
            recording.enable("io.magpool.Refusal").withStackTrace();
            recording.enable("io.magpool.ReclaimStep").withoutThreshold();
            recording.start();
            List<PooledBuffer> held = takeAll(pool);
            try {
                words = "nothing was refused: " + pool.acquire(100_000).size();
            } catch (PoolExhaustedException refused) {
                words = refused.toString();
            }
            words += "\n--- acquisitionSites()\n" + sites(pool);
            recording.stop();
            recording.dump(file);
            held.forEach(PooledBuffer::release);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getString("pool").equals("full"))
                .toList();
        Files.delete(file);
        RecordedEvent last = events.stream()
                .filter(event -> event.getEventType().getName().endsWith("Refusal"))
                .reduce((first, second) -> second)
                .orElseThrow();
        RecordedEvent step = events.stream()
                .filter(event -> event.getEventType().getName().endsWith("ReclaimStep"))
                .reduce((first, second) -> second)
                .orElseThrow();
        return words + "\n--- jfr print --events io.magpool.Refusal,io.magpool.ReclaimStep\n" + step + last;
    }

    private static List<PooledBuffer> takeAll(BufferPool pool) {
        List<PooledBuffer> held = new ArrayList<>();
        for (PooledBuffer buffer = pool.tryAcquire(100_000); buffer != null; buffer = pool.tryAcquire(100_000)) {
            held.add(buffer);
        }
        return held;
    }

    /** Of three buffers one is forgotten, one is kept. */
    static String somethingLeaks() {
        List<Incident> incidents = new ArrayList<>();
        try (BufferPool pool = BufferPool.create(config().name("leaky")
                .leakDetection(PoolConfig.LeakDetection.ALL)
                .incidentListener(incidents::add)
                .build())) {
            PooledBuffer kept = pool.acquire(5000);
            forget(pool);
            for (int i = 0; i < 200 && incidents.isEmpty(); i++) {
                System.gc();
                pool.acquire(100).release(); // looks whether anything became unreachable
            }
            String told = incidents.stream().map(Incident::text).collect(Collectors.joining("\n"));
            PoolStatistics now = pool.statistics();
            String leaks = sites(pool);
            kept.release();
            return told + "\n--- leaks()\n" + leaks + "\n--- statistics: lost " + now.lostBytes() + ", acquired "
                    + now.acquiredBytes() + "\n--- close()\n" + pool.abandon().description();
        }
    }

    private static void forget(BufferPool pool) {
        pool.acquire(1000).segment().fill((byte) 1);
    }

    private static String sites(BufferPool pool) {
        return pool.acquisitionSites().stream().map(AcquisitionSite::text).collect(Collectors.joining("\n"));
    }

    /** Two runs of the same work: once as it was, once each piece of work on a thread of its own. */
    static String itGotSlower() throws InterruptedException {
        try (BufferPool pool = BufferPool.create(config().name("busy").build())) {
            PoolStatistics start = pool.statistics();
            for (int i = 0; i < 20_000; i++) {
                pool.acquire(4096).release();
            }
            PoolStatistics middle = pool.statistics();
            for (int i = 0; i < 200; i++) {
                CountDownLatch done = new CountDownLatch(1);
                Thread.ofPlatform().start(() -> {
                    for (int j = 0; j < 100; j++) {
                        pool.acquire(4096).release();
                    }
                    done.countDown();
                }).join();
                done.await();
            }
            return "as it was:              " + rates(start, middle) + "\na thread for each work: "
                    + rates(middle, pool.statistics());
        }
    }

    private static String rates(PoolStatistics from, PoolStatistics to) {
        TreeMap<String, Long> counts = new TreeMap<>();
        counts.put("acquires", to.acquires() - from.acquires());
        counts.put("exchanges", to.exchanges() - from.exchanges());
        counts.put("refills", to.refills() - from.refills());
        counts.put("steals", to.steals() - from.steals());
        counts.put("waits", to.waits() - from.waits());
        counts.put("carves", to.carves() - from.carves());
        return counts.toString();
    }
}
