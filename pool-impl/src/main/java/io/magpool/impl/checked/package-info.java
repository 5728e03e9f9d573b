/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Follows acquisitions: a pool in front of the ordinary one, present only where safety or leak detection asks for it, which
 * gives some or all acquisitions a handle of their own. Knows the public face of the pool behind it, and nothing of its
 * parts. Called by users, and by that pool with a sample, on any thread, off its fast path.
 */
@NullMarked
package io.magpool.impl.checked;

import org.jspecify.annotations.NullMarked;
