/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.concurrent.LeadingPad;

/**
 * What the owner of a {@link ThreadCache} writes at each operation, and the word that revokes it, between pads: the two
 * words of the {@link Guard}, and the counters, which are no part of it but belong on the same lines.
 */
abstract class GuardWords extends LeadingPad {
    int busy; // written by the owner at each operation
    int control; // written by who revokes
    long acquires; // written by the owner
    long releases; // written by the owner
    long sampleAt; // written by the owner
}
