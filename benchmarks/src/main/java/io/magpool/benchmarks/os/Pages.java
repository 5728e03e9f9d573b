/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The pages under a set of buffers: runs of neighbours, in address order. Remembered while the buffers are held. */
public final class Pages {

    /** How much one call looks at. */
    private static final long WINDOW = 2L << 20;

    @SuppressWarnings("restricted")
    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** Where runs start and end, in turns. */
    private final long[] bounds;

    private Pages(long[] bounds) {
        this.bounds = bounds;
    }

    /**
     * Finds the pages.
     *
     * @param addresses where the buffers start; sorted by this method
     * @param size how many bytes each has
     * @return all pages that a buffer lies on, also in part
     */
    public static Pages under(long[] addresses, long size) {
        Arrays.sort(addresses);
        long[] bounds = new long[2 * addresses.length];
        int used = 0;
        for (long address : addresses) {
            long start = address & -LinuxCalls.PAGE;
            long end = address + size + LinuxCalls.PAGE - 1 & -LinuxCalls.PAGE;
            if (used > 0 && start <= bounds[used - 1]) {
                bounds[used - 1] = Math.max(end, bounds[used - 1]);
            } else {
                bounds[used++] = start;
                bounds[used++] = end;
            }
        }
        return new Pages(Arrays.copyOf(bounds, used));
    }

    /**
     * Returns how much they are.
     *
     * @return bytes
     */
    public long bytes() {
        long bytes = 0;
        for (int run = 0; run < bounds.length; run += 2) {
            bytes += bounds[run + 1] - bounds[run];
        }
        return bytes;
    }

    /** Returns how many runs of neighbours there are. */
    int runs() {
        return bounds.length / 2;
    }

    /**
     * Asks the kernel, by {@code mincore}, how many of them are resident. What is no longer mapped is not.
     *
     * @return bytes
     */
    public long resident() {
        long bytes = 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment vector = arena.allocate(WINDOW / LinuxCalls.PAGE);
            for (int run = 0; run < bounds.length; run += 2) {
                for (long at = bounds[run]; at < bounds[run + 1]; at += WINDOW) {
                    bytes += resident(at, Math.min(WINDOW, bounds[run + 1] - at), vector);
                }
            }
        }
        return bytes;
    }

    private static long resident(long address, long bytes, MemorySegment vector) {
        if (LinuxCalls.mincore(address, bytes, vector)) {
            long resident = 0;
            for (long page = 0; page < bytes / LinuxCalls.PAGE; page++) {
                resident += vector.get(JAVA_BYTE, page) & 1;
            }
            return resident * LinuxCalls.PAGE;
        }
        if (bytes == LinuxCalls.PAGE) {
            return 0;
        }
        long half = bytes / 2 & -LinuxCalls.PAGE;
        return resident(address, half, vector) + resident(address + half, bytes - half, vector);
    }

    /**
     * Writes a byte to each page, so that each becomes resident.
     *
     * @param address where to start
     * @param bytes how far to go
     */
    public static void touch(long address, long bytes) {
        for (long at = address; at < address + bytes; at += LinuxCalls.PAGE) {
            EVERYTHING.set(JAVA_BYTE, at, (byte) 1);
        }
        EVERYTHING.set(JAVA_BYTE, address + bytes - 1, (byte) 1);
    }
}
