/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Shows pools to whoever watches a process. Knows a pool by its public face only; called when a pool is created or closed, and
 * by monitoring tools.
 */
@NullMarked
package io.magpool.impl.insight;

import org.jspecify.annotations.NullMarked;
