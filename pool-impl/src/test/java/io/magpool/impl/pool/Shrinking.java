/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a failing script short: Zeller's delta debugging ("Simplifying and Isolating Failure-Inducing Input", TSE 2002)
 * leaves out ever smaller parts; then each step that is left is made simpler, as long as the script still fails.
 */
final class Shrinking {

    private static final long NANOS = 60_000_000_000L;

    private final Predicate<List<Operation>> fails;
    private final long end = System.nanoTime() + NANOS;

    private Shrinking(Predicate<List<Operation>> fails) {
        this.fails = fails;
    }

    static List<Operation> shrink(List<Operation> script, Predicate<List<Operation>> fails) {
        Shrinking shrinking = new Shrinking(fails);
        List<Operation> now = script;
        List<Operation> before;
        do {
            before = now;
            now = shrinking.simplify(shrinking.shorten(now));
        } while (!now.equals(before) && shrinking.isTimeLeft());
        return now;
    }

    private boolean isTimeLeft() {
        return System.nanoTime() < end;
    }

    private List<Operation> shorten(List<Operation> script) {
        List<Operation> now = script;
        int part = Math.max(1, now.size() / 2);
        while (isTimeLeft()) {
            boolean shorter = false;
            for (int at = now.size() - part; at > -part && isTimeLeft(); at -= part) {
                List<Operation> without = new ArrayList<>(now);
                without.subList(Math.max(0, at), Math.min(now.size(), Math.max(0, at + part))).clear();
                if (without.size() < now.size() && fails.test(without)) {
                    now = without;
                    shorter = true;
                }
            }
            if (!shorter && part == 1) {
                return now;
            }
            part = Math.max(1, part / 2);
        }
        return now;
    }

    private List<Operation> simplify(List<Operation> script) {
        List<Operation> now = new ArrayList<>(script);
        for (int at = 0; at < now.size() && isTimeLeft();) {
            at = simplifyAt(now, at) ? at : at + 1;
        }
        return now;
    }

    private boolean simplifyAt(List<Operation> script, int at) {
        Operation former = script.get(at);
        for (Operation simpler : former.simpler()) {
            script.set(at, simpler);
            if (isTimeLeft() && fails.test(script)) {
                return true;
            }
            script.set(at, former);
        }
        return false;
    }
}
