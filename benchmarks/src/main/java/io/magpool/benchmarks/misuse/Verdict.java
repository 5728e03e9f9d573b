/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.misuse;

/** What came of a misuse, the best first. */
public enum Verdict {

    /** It cannot be committed with this allocator. */
    IMPOSSIBLE("-"),
    /** An exception where it is committed. */
    EXCEPTION("exception"),
    /** A report, later, or to the log. */
    REPORT("report"),
    /** The allocator noticed, and ended the process. */
    ABORT("abort"),
    /** The process crashed on something else. */
    CRASH("crash"),
    /** The process did not end. */
    HANG("hangs"),
    /** Nothing. */
    SILENT("nothing");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /**
     * Tells whether anybody was told.
     *
     * @return true if the allocator said something, or ended the process on purpose
     */
    public boolean isNoticed() {
        return this == EXCEPTION || this == REPORT || this == ABORT;
    }

    /**
     * Returns it for a table.
     *
     * @return a word
     */
    public String word() {
        return word;
    }
}
