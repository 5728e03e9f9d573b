/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

/** Takes rounds that a cache gives up. */
@FunctionalInterface
public interface RoundSink {

    /**
     * Takes rounds.
     *
     * @param sizeClass of the chunks
     * @param numbers of the chunks, held by the receiver from now on
     */
    void accept(int sizeClass, int[] numbers);
}
