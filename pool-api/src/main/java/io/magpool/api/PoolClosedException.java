/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/** The pool has been closed and hands out nothing more. */
public final class PoolClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * Builds the exception.
     *
     * @param pool the pool's name
     */
    public PoolClosedException(String pool) {
        super("pool " + pool + " is closed");
    }
}
