/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a user of a buffer pool needs, and nothing else.
 *
 * <p>Start at {@link io.magpool.api.BufferPool}. The interfaces here are implemented by Magpool, not by users:
 * they may gain methods in any release.
 */
@NullMarked
package io.magpool.api;

import org.jspecify.annotations.NullMarked;
