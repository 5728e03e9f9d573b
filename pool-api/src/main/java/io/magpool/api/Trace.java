/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.util.List;

/**
 * Where something happened to a buffer.
 *
 * @param thread the name of the thread
 * @param frames the stack, innermost first, without the pool's own frames; at most {@value #MAX_FRAMES}
 */
public record Trace(String thread, List<StackTraceElement> frames) {

    /** How many frames are remembered at most. */
    public static final int MAX_FRAMES = 32;

    /** Copies the list. */
    public Trace {
        frames = List.copyOf(frames);
    }

    /**
     * Writes the frames as an exception would, each on a line of its own that begins with a line break.
     *
     * @return text for people
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : frames) {
            text.append("\n        at ").append(frame);
        }
        return text.toString();
    }
}
