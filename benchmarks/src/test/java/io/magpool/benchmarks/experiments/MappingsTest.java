/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MappingsTest {

    private static final List<String> MAPS = List.of("00400000-00500000 r-xp 00000000 08:01 42       /usr/bin/java",
            "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 ",
            "7f0000001000-7f0000002000 r-xp 00000000 08:01 43    /usr/lib/with space/libc.so.6");

    @Test
    void theFileIsThatOfTheRangeThatHoldsTheAddress() {
        assertThat(Mappings.fileAt(0x400000, MAPS)).isEqualTo("/usr/bin/java");
        assertThat(Mappings.fileAt(0x7f0000000fffL, MAPS)).isEmpty();
        assertThat(Mappings.fileAt(0x7f0000001000L, MAPS)).isEqualTo("/usr/lib/with space/libc.so.6");
    }

    @Test
    void anAddressOutsideIsNamed() {
        assertThatThrownBy(() -> Mappings.fileAt(0x500000, MAPS)).hasMessageContaining("500000");
    }
}
