/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.MemoryRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses that the system does not take back are not forgotten. */
class LeftoversTest {

    private final List<String> unmapped = new ArrayList<>();
    private boolean refuses;
    private final Leftovers leftovers = new Leftovers(this::unmap);

    private void unmap(long address, long bytes) {
        if (refuses) {
            throw new MemoryRefusedException("munmap of " + bytes + " bytes", "ENOMEM");
        }
        unmapped.add(address + "+" + bytes);
    }

    @Test
    void whatIsTakenIsForgotten() {
        leftovers.unmap(4096, 8192);
        leftovers.unmap(4096, 0);
        assertThat(unmapped).containsExactly("4096+8192");
        assertThat(leftovers.count()).isZero();
    }

    @Test
    void whatIsRefusedIsOfferedAgainUntilItIsTaken() {
        refuses = true;
        leftovers.unmap(4096, 8192);
        leftovers.unmap(65_536, 4096);
        leftovers.tryAgain();
        assertThat(leftovers.count()).isEqualTo(2);
        refuses = false;
        leftovers.tryAgain();
        leftovers.tryAgain();
        assertThat(unmapped).containsExactly("4096+8192", "65536+4096");
        assertThat(leftovers.count()).isZero();
    }
}
