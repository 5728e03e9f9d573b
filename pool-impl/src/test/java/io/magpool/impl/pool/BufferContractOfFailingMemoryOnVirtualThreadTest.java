/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a buffer is to a virtual thread where the system refuses each fourth call: the same. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
@ExtendWith(OnVirtualThread.class)
class BufferContractOfFailingMemoryOnVirtualThreadTest extends BufferContractOfFailingMemoryTest {}
