/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/** Is told of misuse and leaks, each time; the log has each kind once for each pair of stacks. */
@FunctionalInterface
public interface IncidentListener {

    /**
     * Told on whatever thread found it, which may be serving requests: be quick. What this method throws is logged and
     * otherwise ignored.
     *
     * @param incident what was found
     */
    void found(Incident incident);
}
