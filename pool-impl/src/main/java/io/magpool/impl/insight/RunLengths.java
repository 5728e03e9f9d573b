/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.insight;

/** Writes a row of letters as runs: each letter with how often it comes, unless that is once. */
final class RunLengths {

    private RunLengths() {}

    /** Gives the letter at a place. */
    interface Row {
        char at(int place);
    }

    static String of(int length, Row row) {
        StringBuilder runs = new StringBuilder();
        int start = 0;
        for (int place = 1; place <= length; place++) {
            if (place == length || row.at(place) != row.at(start)) {
                runs.append(row.at(start)).append(place - start == 1 ? "" : String.valueOf(place - start));
                start = place;
            }
        }
        return runs.toString();
    }
}
