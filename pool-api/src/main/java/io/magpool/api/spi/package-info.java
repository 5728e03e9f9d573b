/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Where an implementation of the pool plugs in. Users of a pool need nothing from here.
 */
@NullMarked
package io.magpool.api.spi;

import org.jspecify.annotations.NullMarked;
