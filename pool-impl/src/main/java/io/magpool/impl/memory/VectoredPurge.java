/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import java.lang.System.Logger.Level;

/**
 * Drops many runs of pages by one call, {@code process_madvise(2)} on this process, where the kernel lets a process do so: from
 * Linux 6.15 on.
 *
 * <p>Each {@code madvise(2)} that drops pages ends in a flush of the TLB on every core that runs a thread of the process,
 * which costs more than the pages do, most of all in a virtual machine. Linux 6.16 and later flush once for a whole vector.
 *
 * <p>An older kernel refuses, as may a sandbox: then runs go one by one for ever.
 */
final class VectoredPurge {

    /** UIO_MAXIOV. */
    static final int MOST_RUNS = 1024;

    private final Vectored vectored;
    private final Single single;
    private volatile boolean isPossible = true;

    /** {@code process_madvise(2)} on this process. */
    interface Vectored {

        /**
         * Drops pages.
         *
         * @return how many bytes the runs have together that were dropped, from the first one on, or a negative errno(3) if it
         *     was none
         */
        long drop(PageRuns runs, int from, int count);
    }

    /** {@code madvise(2)}. */
    interface Single {

        void drop(long address, long bytes);
    }

    VectoredPurge(Vectored vectored, Single single) {
        this.vectored = vectored;
        this.single = single;
    }

    /** Drops runs, and returns how many, at least one. */
    int purge(PageRuns runs, int from) {
        int count = Math.min(runs.count() - from, MOST_RUNS);
        int dropped = isPossible && count > 1 ? purgeMany(runs, from, count) : 0;
        if (dropped == 0) {
            single.drop(runs.address(from), runs.bytes(from)); // which says by itself what is wrong with the first
            dropped = 1;
        }
        return dropped;
    }

    private int purgeMany(PageRuns runs, int from, int count) {
        long left = vectored.drop(runs, from, count);
        if (left < 0) {
            giveUpIfLacking((int) -left);
        }
        int dropped = 0;
        while (dropped < count && left >= runs.bytes(from + dropped)) {
            left -= runs.bytes(from + dropped);
            dropped++;
        }
        return dropped;
    }

    private void giveUpIfLacking(int errno) {
        switch (Libc.errorName(errno)) {
            case "ENOSYS", "EPERM", "EBADF", "EINVAL" -> {
                isPossible = false;
                System.getLogger(VectoredPurge.class.getName())
                        .log(Level.DEBUG, "process_madvise on this process: {0}; runs of pages go one by one",
                                Libc.errorName(errno));
            }
            default -> {} // of these runs, not of all
        }
    }
}
