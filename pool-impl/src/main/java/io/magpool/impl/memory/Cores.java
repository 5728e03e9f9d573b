/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

/** Says on which core a thread runs: a hint, outdated at once, and never more than a hint. */
public interface Cores {

    /**
     * Returns the number of the core that the calling thread runs on, or another number that spreads threads.
     *
     * @return 0 or more; may exceed the number of cores that the process may use
     */
    int current();
}
