/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.report.Sizes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How much an experiment may do: for a moment or in earnest, and with how much memory. Says what it had to leave out. */
final class Extent {

    /** What is left to the JVM, to this process and to others. */
    private static final long RESERVE = 1L << 30;

    private final boolean smoke;
    private final long available;
    private final List<String> notices = new ArrayList<>();

    /**
     * Sets bounds.
     *
     * @param smoke whether everything shall only be started for a moment
     * @param available bytes of memory that the machine has left
     */
    Extent(boolean smoke, long available) {
        this.smoke = smoke;
        this.available = available;
    }

    boolean smoke() {
        return smoke;
    }

    /** Tells whether a process may hold so many bytes at once. */
    boolean fits(long bytes) {
        return bytes <= available - RESERVE;
    }

    /**
     * Scales a burst down until it fits.
     *
     * @param wanted bytes, a power of two
     * @param overhead how many bytes of other memory each byte needs
     * @return bytes, a power of two
     */
    long burst(long wanted, double overhead) {
        long burst = wanted;
        while (burst > 16 << 20 && !fits((long) (burst * (1 + overhead)))) {
            burst /= 2;
        }
        if (burst < wanted) {
            note("Scaled down from " + Sizes.words(wanted) + " to " + Sizes.words(burst) + ": the machine has "
                    + Sizes.words(available) + " left.");
        }
        return burst;
    }

    /** Returns the candidates that this machine has, and names the others. */
    List<Candidate> installed(List<Candidate> wanted) {
        for (Candidate candidate : wanted) {
            if (!candidate.isInstalled()) {
                note("Not installed here, so left out: " + candidate.label() + ".");
            }
        }
        return wanted.stream().filter(Candidate::isInstalled).toList();
    }

    void note(String notice) {
        if (!notices.contains(notice)) {
            notices.add(notice);
        }
    }

    List<String> notices() {
        return Collections.unmodifiableList(notices);
    }
}
