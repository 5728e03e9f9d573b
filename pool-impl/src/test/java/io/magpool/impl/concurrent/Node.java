/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

/** A node that is nothing but its number. */
final class Node extends Numbered {
    Node(int number) {
        super(number);
    }
}
