/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Shows pools to whoever watches a process. Knows a pool by its public face only; what a picture shows beyond that, the pool
 * hands over. Called when a pool is created or closed, when a dump is wanted, and by monitoring tools.
 */
@NullMarked
package io.magpool.impl.insight;

import org.jspecify.annotations.NullMarked;
