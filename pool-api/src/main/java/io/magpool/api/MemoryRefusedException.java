/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/** The operating system, or the JVM, refused memory that the pool's own limit would have allowed. */
public final class MemoryRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * Builds the exception.
     *
     * @param call what was asked for, in words, such as {@code mmap of 2097152 bytes}
     * @param reason the name of the error, such as {@code ENOMEM}, or the JVM's words
     */
    public MemoryRefusedException(String call, String reason) {
        super(call + " was refused: " + reason);
        this.reason = reason;
    }

    /**
     * Returns why.
     *
     * @return the name of the error, such as {@code ENOMEM}, or the JVM's words
     */
    public String reason() {
        return reason;
    }
}
