/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** All that looks on: a flight recording of every event, JMX, the log, and the process's own size. */
final class Onlookers implements AutoCloseable {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Logger LOG = Logger.getLogger("io.magpool.api.BufferPool");
    /** All events of ours: the JVM knows one by itself only when its class is loaded. */
    private static final List<String> EVENTS = List.of(
            "AllocateBuffer",
            "BarrierFallback",
            "Carve",
            "Exchange",
            "FreeBuffer",
            "Incident",
            "LargeMap",
            "LargeRemap",
            "LargeUnmap",
            "LimitChange",
            "PoolClose",
            "PoolOpen",
            "PoolStatistics",
            "Pressure",
            "ReallocateBuffer",
            "ReclaimStep",
            "Refill",
            "Refusal",
            "Retire",
            "Steal",
            "Trim",
            "Wait");
    private static final long RECORDED_BYTES = 64L << 20;

    private final Recording recording = new Recording();
    private final LongAdder logged = new LongAdder();
    private final Handler counting = new CountingHandler();
    private long polls;

    Onlookers() {
        recording.setMaxSize(RECORDED_BYTES);
        EVENTS.forEach(event -> recording.enable("io.magpool." + event).withThreshold(Duration.ZERO));
        recording.start();
        LOG.setUseParentHandlers(false);
        LOG.addHandler(counting);
    }

    private final class CountingHandler extends Handler {

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                logged.increment();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Reads every attribute of every pool's bean, and calls what is there to be read. */
    void pollBeans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> pools = server.queryNames(new ObjectName("io.magpool:type=BufferPool,name=soak-*"), null);
        for (ObjectName pool : pools) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(pool).getAttributes()) {
                server.getAttribute(pool, attribute.getName());
            }
            for (MBeanOperationInfo operation : server.getMBeanInfo(pool).getOperations()) {
                boolean isText = operation.getReturnType().equals(String.class.getName());
                if (isText && operation.getSignature().length == 0) {
                    server.invoke(pool, operation.getName(), null, null);
                }
            }
            polls++;
        }
    }

    long polls() {
        return polls;
    }

    long logged() {
        return logged.sum();
    }

    /** The bytes of this process that are resident. */
    static long residentBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of the Java heap that are in use after a collection. */
    static long liveHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Ends the recording and counts its latest events by name. */
    Map<String, Long> recorded(Path file) throws IOException {
        recording.stop();
        recording.dump(file);
        Map<String, Long> counts = new TreeMap<>();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                counts.merge(event.getEventType().getName(), 1L, Long::sum);
            }
        }
        return counts;
    }

    @Override
    public void close() {
        recording.close();
        LOG.removeHandler(counting);
        LOG.setUseParentHandlers(true);
    }
}
