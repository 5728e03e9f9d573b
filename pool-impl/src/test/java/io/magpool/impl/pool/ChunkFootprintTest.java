/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** There may be millions of handles. */
@Tag("layout")
class ChunkFootprintTest {

    @Test
    void aHandleTakesAtMost40Bytes() {
        ClassLayout layout = ClassLayout.parseClass(Chunk.class);
        assertThat(layout.instanceSize()).as(layout.toPrintable()).isLessThanOrEqualTo(40);
    }
}
