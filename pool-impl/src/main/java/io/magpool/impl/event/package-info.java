/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What pools tell the flight recorder. The lowest layer: all others may tell, this one knows none of them. Called by whoever does
 * what is told, off the fast path, with nothing held that others wait for, and never inside a guard.
 *
 * <p>The module {@code jdk.jfr} may be missing at run time. So {@link io.magpool.impl.event.Events} is the only face, its signatures
 * and its code name no class of that module, and it calls the events, which do, only where that module is there.
 */
@NullMarked
package io.magpool.impl.event;

import org.jspecify.annotations.NullMarked;
