/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@link OwnershipStress} for as long as one likes, over all kinds of pool in turn:
 *
 * <pre>{@code
 * mvn -Pstress -DskipTests verify -pl pool-impl -am -Dstress.minutes=30 -Dstress.seed=1
 * }</pre>
 *
 * <p>Prints a line for each round, with the seed that repeats it ({@code -Dstress.variant=...} for that kind alone), and the
 * sums at the end. Ends with a failure at the first byte that had two owners, if anything does not add up, and if waiting, refusal,
 * stealing or reclaim never happened.
 */
final class LongOwnershipStress {

    private static final PrintStream OUT = System.out;
    private static final String ROW = "%-20s %16s %12s %14s %12s %12s %12s %10s %10s %10s %10s%n";

    private LongOwnershipStress() {}

    /** Takes its settings from system properties. */
    public static void main(String[] arguments) throws InterruptedException {
        long nanos = (long) (Double.parseDouble(System.getProperty("stress.minutes", "1")) * 60e9);
        long seed = Long.getLong("stress.seed", System.nanoTime());
        long round = TimeUnit.SECONDS.toNanos(Long.getLong("stress.roundSeconds", 15));
        List<Variant> variants = variants(System.getProperty("stress.variant", ""));
        OUT.println("date     " + LocalDate.now(ZoneOffset.UTC));
        OUT.println("JVM      " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        OUT.println("system   " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        OUT.println(
                "command  -Dstress.minutes=" + System.getProperty("stress.minutes", "1") + " -Dstress.seed=" + seed);
        OUT.println();
        printRow("kind", "seed");
        Map<Variant, OwnershipStress.Sums> sums = new EnumMap<>(Variant.class);
        long start = System.nanoTime();
        for (long i = 0; System.nanoTime() - start < nanos; i++) {
            Variant variant = variants.get((int) (i % variants.size()));
            long roundSeed = seed + (i << 32);
            OwnershipStress.Sums of = OwnershipStress.run(
                    variant, roundSeed, Math.min(round, nanos - (System.nanoTime() - start)));
            printRow(variant.name(), Long.toString(roundSeed), of);
            sums.merge(variant, of, OwnershipStress.Sums::plus);
        }
        OUT.println();
        OwnershipStress.Sums all = OwnershipStress.Sums.NOTHING;
        printRow("kind", "");
        for (Map.Entry<Variant, OwnershipStress.Sums> each : sums.entrySet()) {
            printRow(each.getKey().name(), "", each.getValue());
            all = all.plus(each.getValue());
        }
        printRow("all", "", all);
        OUT.println();
        OUT.printf("seed %d, %,d operations in %,d seconds. Bytes with two owners: 0. Chunks lost or doubled: 0.%n",
                seed, all.operations(), (System.nanoTime() - start) / 1_000_000_000L);
        OUT.println("The charge was never seen above the limit, and was 0 at the end of each round.");
        if (!all.isComplete()) {
            throw new AssertionError("not everything happened that shall happen: " + all);
        }
    }

    private static List<Variant> variants(String only) {
        List<Variant> all = new ArrayList<>();
        for (Variant variant : Variant.values()) {
            if (variant.isPossible() && (only.isEmpty() || only.equals(variant.name()))) {
                all.add(variant);
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "stress.variant is \"" + only + "\": must be one of those possible here");
        }
        return all;
    }

    private static void printRow(String kind, String seed) {
        OUT.printf(ROW, kind, seed, "operations", "MiB stamped", "hand-overs", "refused", "waits served", "in vain",
                "threads", "steals", "slabs back");
    }

    private static void printRow(String kind, String seed, OwnershipStress.Sums sums) {
        OUT.printf(
                ROW,
                kind,
                seed,
                sums.operations(),
                sums.bytesStamped() >> 20,
                sums.handOvers(),
                sums.refusals(),
                sums.waitsServed(),
                sums.waitsInVain(),
                sums.threads(),
                sums.steals(),
                sums.slabsReclaimed());
    }
}
