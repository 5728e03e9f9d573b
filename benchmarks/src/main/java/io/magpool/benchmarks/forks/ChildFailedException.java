/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.forks;

/** A JVM that was started for a measurement gave none. Its output is in the log. */
public final class ChildFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened
     */
    public ChildFailedException(String message) {
        super(message);
    }

    /**
     * Says what happened, and why.
     *
     * @param message what happened
     * @param cause why
     */
    public ChildFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
