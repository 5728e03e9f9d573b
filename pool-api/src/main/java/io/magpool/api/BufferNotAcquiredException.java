/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/** A buffer was used or released that nobody owns: most often it has been released already. */
public final class BufferNotAcquiredException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * Builds the exception.
     *
     * @param buffer which buffer, in words
     */
    public BufferNotAcquiredException(String buffer) {
        super(buffer + " is not acquired: it was released already");
    }

    /**
     * Builds the exception where it is known who released the buffer.
     *
     * @param buffer which buffer, in words
     * @param released where it was released, caused by where it had been acquired
     */
    public BufferNotAcquiredException(String buffer, Throwable released) {
        this(buffer);
        initCause(released);
    }
}
