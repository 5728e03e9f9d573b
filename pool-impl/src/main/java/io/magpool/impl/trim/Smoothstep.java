/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

/**
 * The curve 6x<sup>5</sup> - 15x<sup>4</sup> + 10x<sup>3</sup> from 0 to 1 (Perlin's smootherstep), along which jemalloc lets
 * unused pages decay: level at both ends, so that neither what has just fallen idle nor the last of it goes in a rush.
 */
final class Smoothstep {

    private Smoothstep() {}

    static double at(double x) {
        double within = Math.clamp(x, 0, 1);
        return within * within * within * (within * (within * 6 - 15) + 10);
    }
}
