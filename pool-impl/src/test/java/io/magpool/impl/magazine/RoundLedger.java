/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** For the models: which rounds are in hands, so that one that is handed out twice, or taken in twice, is noticed. */
final class RoundLedger {

    private static final int AWAY = 0; // in what is tested
    private static final int IN_HAND = 1;

    private final AtomicIntegerArray places;
    private final AtomicInteger violations = new AtomicInteger();

    /** All in hand. */
    RoundLedger(int rounds) {
        places = new AtomicIntegerArray(rounds);
        for (int i = 0; i < rounds; i++) {
            places.set(i, IN_HAND);
        }
    }

    /** Takes a round that is in hand, in order to put it away, or returns -1. */
    int pick() {
        for (int i = 0; i < places.length(); i++) {
            if (places.compareAndSet(i, IN_HAND, AWAY)) {
                return i;
            }
        }
        return -1;
    }

    /** A round came out, or could not be put in. */
    void got(int round) {
        if (round >= 0 && !places.compareAndSet(round, AWAY, IN_HAND)) {
            violations.incrementAndGet();
        }
    }

    void gotAll(Magazine magazine) {
        for (int round = magazine.pop(); round >= 0; round = magazine.pop()) {
            got(round);
        }
    }

    int violations() {
        return violations.get();
    }

    /** After all was taken out: rounds lost, and those seen twice. */
    int missing() {
        int missing = violations.get();
        for (int i = 0; i < places.length(); i++) {
            missing += places.get(i) == IN_HAND ? 0 : 1;
        }
        return missing;
    }
}
