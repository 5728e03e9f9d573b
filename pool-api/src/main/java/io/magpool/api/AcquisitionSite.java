/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.time.Duration;
import java.util.List;

/**
 * Buffers that are out and were acquired at the same place. Only acquisitions that are followed have a place: see
 * {@link PoolConfig#safety()} and {@link PoolConfig#leakDetection()}.
 *
 * @param frames where they were acquired, innermost first
 * @param thread the thread that acquired the oldest of them
 * @param buffers how many there are
 * @param bytes their capacities together
 * @param age how long the oldest has been out
 * @param lost how many of them became unreachable without a release
 */
public record AcquisitionSite(
        List<StackTraceElement> frames, String thread, long buffers, long bytes, Duration age, long lost) {

    /** Copies the list. */
    public AcquisitionSite {
        frames = List.copyOf(frames);
    }

    /**
     * Says the same in words: a line, and the stack below it.
     *
     * @return text for people
     */
    public String text() {
        return buffers + (buffers == 1 ? " buffer" : " buffers") + ", " + bytes + " bytes, out for up to "
                + age.toMillis() + " ms" + (lost == 0 ? "" : ", " + lost + " of them lost") + ", acquired by thread "
                + thread + new Trace(thread, frames).text();
    }
}
