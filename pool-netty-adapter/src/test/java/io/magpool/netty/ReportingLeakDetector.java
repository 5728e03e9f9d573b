/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Netty's leak detector, with reports that a test can read. Netty creates it, for a system property names it.
 *
 * <p>Netty's own detector reports to a logger, and not at all where that is silent. Each resource gets as a hint what
 * {@link #attributeTo} said when the resource was created, so that a report can be told from those of earlier tests.
 */
public final class ReportingLeakDetector<T> extends ResourceLeakDetector<T> {

    private static final List<ReportingLeakDetector<?>> DETECTORS = new CopyOnWriteArrayList<>();
    private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();
    private static volatile String origin = "nobody";

    @SuppressWarnings("deprecation") // Netty asks for a constructor like this, and so for the one of its own
    public ReportingLeakDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
        DETECTORS.add(this);
    }

    @SuppressWarnings({"deprecation", "unused"}) // as above; the number of active resources has not been watched for long
    public ReportingLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
        this(resourceType, samplingInterval);
    }

    /** Says to whom resources belong that are created from now on. */
    public static void attributeTo(String name) {
        origin = Objects.requireNonNull(name);
    }

    /** Returns the reports so far about resources of {@code name}; the garbage collector must have found them before. */
    public static List<String> reportsOf(String name) {
        DETECTORS.forEach(ReportingLeakDetector::drain);
        return REPORTS.stream().filter(report -> report.contains(name)).toList();
    }

    /** Detectors look at what was collected whenever they begin to track something. */
    @SuppressWarnings("unchecked") // no detector looks at the kind of what it tracks
    private void drain() {
        T nothing = (T) new Object();
        ResourceLeakTracker<T> tracker = trackForcibly(nothing);
        if (tracker != null) {
            tracker.close(nothing);
        }
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        REPORTS.add(resourceType + " was not released before it was collected:" + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        REPORTS.add(resourceType + " was not released before it was collected, without a trace");
    }

    @Override
    protected Object getInitialHint(String resourceType) {
        return origin;
    }
}
