/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.insight;

/** Where a chunk is, as the picture of a pool tells it. */
public enum Whereabouts {
    /** A user has it. */
    ACQUIRED('a', "acquired"),
    /** It was released, and is kept back for a while. */
    QUARANTINED('q', "quarantined"),
    /** It became unreachable without a release. */
    LOST('l', "lost"),
    /** In the magazines of a thread, or of a stripe. */
    IN_THREAD('t', "in a thread's magazine"),
    /** In a magazine of a depot. */
    IN_DEPOT('d', "in a depot"),
    /** In its slab, with pages behind it. */
    FREE('f', "free"),
    /** In its slab, without pages behind it. */
    PURGED('p', "purged"),
    /** Between two places, while the picture was taken. */
    IN_HAND('h', "on its way");

    private final char code;
    private final String words;

    Whereabouts(char code, String words) {
        this.code = code;
        this.words = words;
    }

    char code() {
        return code;
    }

    String words() {
        return words;
    }
}
