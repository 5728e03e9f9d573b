/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

/**
 * 128 bytes in front of what one thread writes and others must not be slowed by: two cache lines, since x86 prefetches
 * lines in pairs. The JVM lays the fields of a superclass before those of a subclass; the {@code int} closes the gap
 * behind a 12-byte object header, into which the JVM would move a field of a subclass.
 */
@SuppressWarnings("unused")
public abstract class LeadingPad {
    private int gap;
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    /** For subclasses. */
    protected LeadingPad() {}
}
