/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a pool that virtual threads used: the same. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
@ExtendWith(OnVirtualThread.class)
class CloseOnVirtualThreadTest extends CloseTest {}
