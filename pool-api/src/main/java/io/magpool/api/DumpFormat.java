/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/** What {@link BufferPool#dump(DumpFormat)} writes. */
public enum DumpFormat {
    /** The statistics as a table, and where buffers were acquired that are out, as far as that is known. */
    TEXT,
    /**
     * The same as a page for browsers, with a picture of the pool: each slab a row, its chunks coloured by where they are, its pages
     * by whether they are in memory. Of a parent the figures include its children, the picture and the places of acquisition do not:
     * each child has a page of its own. One file, which needs nothing from elsewhere; a megabyte or so for a pool of 1 GiB.
     */
    HTML
}
