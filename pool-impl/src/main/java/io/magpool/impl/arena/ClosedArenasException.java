/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

/** Says to the layer pool that the arenas have been closed. */
public final class ClosedArenasException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ClosedArenasException() {
        super("closed", null, false, false);
    }
}
