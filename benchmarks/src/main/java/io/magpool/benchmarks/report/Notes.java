/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.plan.Effort;
import io.magpool.benchmarks.rows.JvmFlags;
import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.threads.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/** What a reader must know before the table means anything. */
final class Notes {

    private Notes() {}

    static List<String> of(Measurements measurements, Effort effort, Provenance provenance) {
        List<String> notes = new ArrayList<>();
        notes.add("First quartile of " + effort.rounds() * effort.iterations() + " iterations of "
                + effort.iteration().toMillis() + " ms in " + effort.rounds()
                + (effort.rounds() == 1 ? " JVM" : " JVMs")
                + " for each cell, and how far above it the third one is; per thread where more than one is measured. The"
                + " quartile, since what disturbs an iteration makes it slower and never quicker.");
        notes.add(
                "Magpool : Netty is Magpool's time divided by that of Netty's adaptive or pooled allocator, whichever is"
                        + " quicker. Less is better: at 0.50 Magpool takes half of Netty's time, above 1 it loses.");
        notes.add("The floor is Magpool's ByteBuf on plain arrays: no threads, no limit, nothing ever goes back.");
        notes.add(
                "* Not a ByteBuf: MemorySegments without a reference count; malloc and free are the C library's, called"
                        + " through the FFM API as critical functions.");
        for (ThreadKind kind : ThreadKind.values()) {
            dearest(measurements, kind, notes);
        }
        notes.add("Each buffer is touched at both ends; sizes come from a shuffled array; everything is promoted to the"
                + " old generation before each iteration.");
        notes.add("Machine: " + provenance.hardware() + ". " + provenance.software() + ".");
        notes.add("Flags of all rows: " + String.join(" ", JvmFlags.common()));
        notes.add("Also, for Netty's rows: " + String.join(" ", JvmFlags.NETTY.own()));
        notes.add("Also, for the others: " + String.join(" ", JvmFlags.MAGPOOL.own()));
        notes.add("Command: " + provenance.command() + " (" + provenance.date() + ")");
        return notes;
    }

    private static void dearest(Measurements measurements, ThreadKind kind, List<String> notes) {
        StringJoiner ratios = new StringJoiner(", ");
        for (Row row : measurements.rows()) {
            OptionalDouble ratio = measurements.dearestToCheapest(kind, row);
            if (ratio.isPresent()) {
                ratios.add(row.label() + " " + ComparisonTable.ratio(ratio));
            }
        }
        if (ratios.length() > 0) {
            notes.add(
                    "The dearest size of the pair : the cheapest one, 1 " + kind.label() + " thread: " + ratios + ".");
        }
    }
}
