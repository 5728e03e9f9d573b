/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.netty.buffer.ByteBuf;

/**
 * Reads or writes one number at each of many indices of a buffer. Each constant has a loop of its own, so that the call in
 * it is one that the JIT binds statically, as in a decoder.
 */
public enum NumberAccess {

    /** A byte. */
    GET_BYTE("getByte") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            long sum = 0;
            for (int index : indices) {
                sum += buffer.getByte(index);
            }
            return sum;
        }
    },

    /** Two bytes, the most significant first. */
    GET_SHORT("getShort") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            long sum = 0;
            for (int index : indices) {
                sum += buffer.getShort(index);
            }
            return sum;
        }
    },

    /** Two bytes, the least significant first. */
    GET_SHORT_LE("getShortLE") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            long sum = 0;
            for (int index : indices) {
                sum += buffer.getShortLE(index);
            }
            return sum;
        }
    },

    /** Four bytes, the most significant first. */
    GET_INT("getInt") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            long sum = 0;
            for (int index : indices) {
                sum += buffer.getInt(index);
            }
            return sum;
        }
    },

    /** Four bytes, the least significant first. */
    GET_INT_LE("getIntLE") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            long sum = 0;
            for (int index : indices) {
                sum += buffer.getIntLE(index);
            }
            return sum;
        }
    },

    /** Eight bytes, the most significant first. */
    GET_LONG("getLong") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            long sum = 0;
            for (int index : indices) {
                sum += buffer.getLong(index);
            }
            return sum;
        }
    },

    /** Eight bytes, the least significant first. */
    GET_LONG_LE("getLongLE") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            long sum = 0;
            for (int index : indices) {
                sum += buffer.getLongLE(index);
            }
            return sum;
        }
    },

    /** A byte. */
    SET_BYTE("setByte") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            int value = 0;
            for (int index : indices) {
                buffer.setByte(index, value++);
            }
            return value;
        }
    },

    /** Two bytes, the most significant first. */
    SET_SHORT("setShort") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            int value = 0;
            for (int index : indices) {
                buffer.setShort(index, value++);
            }
            return value;
        }
    },

    /** Two bytes, the least significant first. */
    SET_SHORT_LE("setShortLE") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            int value = 0;
            for (int index : indices) {
                buffer.setShortLE(index, value++);
            }
            return value;
        }
    },

    /** Four bytes, the most significant first. */
    SET_INT("setInt") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            int value = 0;
            for (int index : indices) {
                buffer.setInt(index, value++);
            }
            return value;
        }
    },

    /** Four bytes, the least significant first. */
    SET_INT_LE("setIntLE") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            int value = 0;
            for (int index : indices) {
                buffer.setIntLE(index, value++);
            }
            return value;
        }
    },

    /** Eight bytes, the most significant first. */
    SET_LONG("setLong") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            long value = 0;
            for (int index : indices) {
                buffer.setLong(index, value++);
            }
            return value;
        }
    },

    /** Eight bytes, the least significant first. */
    SET_LONG_LE("setLongLE") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            long value = 0;
            for (int index : indices) {
                buffer.setLongLE(index, value++);
            }
            return value;
        }
    },

    /** Bytes in a row, by the reader's index. */
    READ_BYTE("readByte") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            buffer.setIndex(0, indices.length);
            long sum = 0;
            for (int i = 0; i < indices.length; i++) {
                sum += buffer.readByte();
            }
            return sum;
        }
    },

    /** Bytes in a row, by the writer's index. */
    WRITE_BYTE("writeByte") {
        @Override
        long run(ByteBuf buffer, int[] indices) {
            buffer.clear();
            for (int i = 0; i < indices.length; i++) {
                buffer.writeByte(i);
            }
            return indices.length;
        }
    };

    private final String label;

    NumberAccess(String label) {
        this.label = label;
    }

    /**
     * Returns the name of the method.
     *
     * @return a word
     */
    public String label() {
        return label;
    }

    /**
     * Accesses a number at each index.
     *
     * @param buffer has eight bytes or more after each index
     * @param indices where
     * @return something that depends on all that was read
     */
    abstract long run(ByteBuf buffer, int[] indices);
}
