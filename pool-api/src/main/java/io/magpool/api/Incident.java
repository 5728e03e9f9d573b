/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A buffer that was misused, or is missing. Found only for acquisitions that are followed: see
 * {@link PoolConfig#safety()} and {@link PoolConfig#leakDetection()}.
 *
 * @param kind what happened
 * @param poolName the name of the pool
 * @param capacity how large the buffer is, in bytes
 * @param count how many buffers it happened to: more than 1 only for {@link Kind#LEAK}
 * @param age the time since the buffer was acquired
 * @param acquired where it was acquired
 * @param released where it was released, or null if it was not
 * @param noticed where the misuse was committed, or null if that is not known
 * @param details what else is known, in words
 */
public record Incident(
        Kind kind,
        String poolName,
        long capacity,
        long count,
        Duration age,
        Trace acquired,
        @Nullable Trace released,
        @Nullable Trace noticed,
        String details) {

    /** What can happen to a buffer. */
    public enum Kind {
        /** It was released a second time. */
        DOUBLE_RELEASE("released twice"),
        /** It was asked for something after its release. */
        USE_AFTER_RELEASE("used after its release"),
        /** Its memory was written to after its release; found when it left quarantine. */
        WRITE_AFTER_RELEASE("written to after its release"),
        /** It was released while an access was going on, of a channel say. It remains acquired. */
        RELEASE_DURING_ACCESS("released during an access"),
        /** It became unreachable without a release. Told once for each place of acquisition. */
        LEAK("leaked"),
        /** It has been out for longer than {@link PoolConfig#holdLimitMillis()}. */
        HELD_TOO_LONG("held too long"),
        /** It was held too long and has been released after all. */
        RELEASED_LATE("released after all");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /**
     * Says it in words: a line, and the stacks below it.
     *
     * @return text for people
     */
    public String text() {
        StringBuilder text = new StringBuilder("pool ").append(poolName).append(": ");
        text.append(count == 1 ? "a buffer" : count + " buffers").append(" of ").append(capacity).append(" bytes ");
        text.append(count == 1 ? "was " : "were ").append(kind.words);
        text.append(", ").append(age.toMillis()).append(" ms after it was acquired");
        if (!details.isEmpty()) {
            text.append(": ").append(details);
        }
        append(text, "noticed", noticed);
        append(text, "released", released);
        append(text, "acquired", acquired);
        return text.toString();
    }

    private static void append(StringBuilder text, String what, @Nullable Trace where) {
        if (where != null) {
            text.append("\n    ").append(what).append(" by thread ").append(where.thread()).append(where.text());
        }
    }
}
