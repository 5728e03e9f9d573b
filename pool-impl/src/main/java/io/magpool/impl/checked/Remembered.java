/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import org.jspecify.annotations.Nullable;

/** Shows, as the cause of an exception, what had happened to the buffer before. */
final class Remembered extends Throwable {

    private static final long serialVersionUID = 1;

    Remembered(String what, Stack where, @Nullable Throwable before) {
        super(what + " by thread " + where.thread(), before, false, true);
        setStackTrace(where.elements().toArray(new StackTraceElement[0]));
    }
}
