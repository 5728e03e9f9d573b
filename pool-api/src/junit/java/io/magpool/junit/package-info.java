/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * For tests with JUnit Jupiter 5.4 or later: a test that leaves buffers out fails. In the artifact
 * {@code io.magpool:pool-api} with the classifier {@code junit}, which brings no dependency along.
 */
@NullMarked
package io.magpool.junit;

import org.jspecify.annotations.NullMarked;
