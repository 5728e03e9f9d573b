/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

/**
 * A full memory barrier in every thread of the process: when {@link #execute()} returns, each other thread has passed a
 * point at which all its earlier accesses were done and none of its later ones had begun.
 */
public interface Barrier {

    /**
     * Names the mechanism.
     *
     * @return a word
     */
    String name();

    /** Runs the barrier. */
    void execute();
}
