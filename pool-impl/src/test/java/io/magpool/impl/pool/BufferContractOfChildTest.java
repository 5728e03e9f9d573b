/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a buffer of a child pool is to its owner: the same. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class BufferContractOfChildTest extends BufferContractTest {

    @Override
    BufferPool createdPool() {
        return super.createdPool().child("child", ChildLimits.none().guaranteeing(16 * MIB));
    }
}
