/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Looks up the VarHandle of a field, where a failure can only be a mistake in the code. */
public final class VarHandles {

    private VarHandles() {}

    /**
     * Finds a field of the class that asks.
     *
     * @param lookup the caller's own
     * @param name the field's name
     * @param type the field's type
     * @return a handle for the field
     */
    public static VarHandle ofField(MethodHandles.Lookup lookup, String name, Class<?> type) {
        try {
            return lookup.findVarHandle(lookup.lookupClass(), name, type);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
