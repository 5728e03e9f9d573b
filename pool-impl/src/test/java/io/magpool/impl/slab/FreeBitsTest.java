/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeBitsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 127, 128, 1000, 32_768})
    void allAndNoMoreAreFreeAtFirst(int count) {
        FreeBits bits = new FreeBits(count);
        int free = 0;
        for (int i = 0; i < bits.words(); i++) {
            free += Long.bitCount(bits.word(i));
        }
        assertThat(free).isEqualTo(count);
        assertThat(bits.allSet()).isTrue();
        assertThat(bits.anySet()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 200})
    void oneTakenIsNotAllAndOneLeftIsAny(int count) {
        FreeBits bits = new FreeBits(count);
        int last = bits.words() - 1;
        for (int word = 0; word < last; word++) {
            bits.clear(word, -1L);
        }
        long lastWord = bits.word(last);
        bits.clear(last, lastWord & ~Long.highestOneBit(lastWord));
        assertThat(bits.anySet()).isTrue();
        bits.clear(last, Long.highestOneBit(lastWord));
        assertThat(bits.anySet()).isFalse();
        assertThat(bits.allSet()).isFalse();
        for (int word = 0; word < last; word++) {
            bits.set(word, -1L);
        }
        assertThat(bits.allSet()).isFalse();
        bits.set(last, lastWord);
        assertThat(bits.allSet()).isTrue();
    }

    @Test
    void bitsThatOthersSetMeanwhileSurviveAClear() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            FreeBits bits = new FreeBits(64);
            bits.clear(0, 0xFFFF_FFFF_0000_0000L);
            Thread returning = Thread.ofPlatform().start(() -> {
                for (int i = 32; i < 64; i++) {
                    bits.set(0, 1L << i);
                }
            });
            for (int i = 0; i < 32; i++) {
                bits.clear(0, 1L << i);
            }
            returning.join();
            assertThat(bits.word(0)).isEqualTo(0xFFFF_FFFF_0000_0000L);
        }
    }
}
