/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import java.util.List;

/** Reads {@code /proc/self/maps}. */
final class Mappings {

    private Mappings() {}

    /**
     * Finds the file that is mapped at an address.
     *
     * @param address an address
     * @param maps the lines, each beginning with a range in hexadecimal digits
     * @return the file's path, empty if the memory there is anonymous
     * @throws IllegalArgumentException if nothing is mapped there
     */
    static String fileAt(long address, List<String> maps) {
        for (String line : maps) {
            String[] columns = line.strip().split(" +", 6);
            int hyphen = columns[0].indexOf('-');
            long start = Long.parseUnsignedLong(columns[0], 0, hyphen, 16);
            long end = Long.parseUnsignedLong(columns[0], hyphen + 1, columns[0].length(), 16);
            if (Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0) {
                return columns.length < 6 ? "" : columns[5];
            }
        }
        throw new IllegalArgumentException("nothing is mapped at " + Long.toHexString(address));
    }
}
