/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/** What was registered with a pool, until it is closed. */
public interface Registration extends AutoCloseable {

    /**
     * Ends the registration. Idempotent, on any thread. A call back that has begun goes on; none begins afterwards.
     */
    @Override
    void close();
}
