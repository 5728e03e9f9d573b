/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a buffer is to a virtual thread that cannot leave its carrier: the same. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
@ExtendWith(OnPinnedVirtualThread.class)
class BufferContractOnPinnedVirtualThreadTest extends BufferContractTest {}
