/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.concurrent.LeadingPad;

/** The two words of the {@link Guard}: what the owner writes at each operation, and what revokes it, between pads. */
abstract class GuardWords extends LeadingPad {
    int busy; // written by the owner at each operation
    int control; // written by who revokes
}
