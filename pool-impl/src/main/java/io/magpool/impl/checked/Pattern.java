/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What released memory is filled with: 0xdeadbeef, as libumem does it. */
final class Pattern {

    private static final int WORD = 0xdeadbeef;
    private static final int BLOCK = 64 << 10;
    private static final int SHOWN = 16;

    private final MemorySegment block = MemorySegment.ofArray(new byte[BLOCK]);

    Pattern() {
        ValueLayout.OfInt layout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
        for (long at = 0; at < BLOCK; at += Integer.BYTES) {
            block.set(layout, at, WORD);
        }
    }

    void fill(MemorySegment memory) {
        for (long at = 0; at < memory.byteSize(); at += BLOCK) {
            MemorySegment.copy(block, 0, memory, at, Math.min(BLOCK, memory.byteSize() - at));
        }
    }

    /** Returns in words what differs, or null if nothing does. */
    @Nullable String difference(MemorySegment memory) {
        long first = mismatch(memory, 0);
        return first < 0 ? null : describe(memory, first);
    }

    private long mismatch(MemorySegment memory, long from) {
        for (long at = from; at < memory.byteSize(); at += BLOCK - at % BLOCK) {
            long end = Math.min(at + BLOCK - at % BLOCK, memory.byteSize());
            long differs = MemorySegment.mismatch(memory, at, end, block, at % BLOCK, at % BLOCK + end - at);
            if (differs >= 0) {
                return at + differs;
            }
        }
        return -1;
    }

    private String describe(MemorySegment memory, long first) {
        long last = first;
        long changed = 0;
        for (long at = first; at >= 0; at = mismatch(memory, at + 1)) {
            last = at;
            changed++;
        }
        byte[] found = memory.asSlice(first, Math.min(SHOWN, memory.byteSize() - first))
                .toArray(ValueLayout.JAVA_BYTE);
        return (changed == 1 ? "1 byte" : changed + " bytes") + " changed, from offset " + first + " to " + last
                + "; found at offset " + first + ": " + HexFormat.ofDelimiter(" ").formatHex(found);
    }
}
