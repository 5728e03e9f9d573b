/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

/** Takes magazines that a cache gives up. */
@FunctionalInterface
public interface MagazineSink {

    /**
     * Takes a magazine.
     *
     * @param sizeClass of its rounds
     * @param magazine held by the receiver from now on; may be absent
     */
    void accept(int sizeClass, Magazine magazine);
}
