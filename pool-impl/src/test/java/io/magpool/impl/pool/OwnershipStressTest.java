/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A short run of {@link OwnershipStress} on each kind of pool; {@link LongOwnershipStress} is the long one. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class OwnershipStressTest extends PoolTest {

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1_700);

    @Test
    void noByteEverHasTwoOwners() throws Exception {
        OwnershipStress.Sums sums = OwnershipStress.run(variant, System.nanoTime(), NANOS);
        assertThat(sums.isComplete())
                .as("refused, waited, handed over, took from neighbours, reclaimed: %s", sums)
                .isTrue();
    }
}
