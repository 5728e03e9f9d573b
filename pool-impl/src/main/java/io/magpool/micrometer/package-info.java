/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Pools as Micrometer's meters. Knows a pool by its public statistics only. Micrometer is an optional dependency: this package needs
 * it, nothing else does.
 */
@NullMarked
package io.magpool.micrometer;

import org.jspecify.annotations.NullMarked;
