/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What a pool says that brings no dump of its own. */
class DefaultDumpTest {

    private final BufferPool pool = (BufferPool) Proxy.newProxyInstance(
            BufferPool.class.getClassLoader(),
            new Class<?>[]{BufferPool.class},
            (proxy, method, arguments) -> method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : "BufferPool plain"); // only toString() is asked

    @Test
    void aPictureIsRefused() {
        assertThatThrownBy(() -> pool.dump(DumpFormat.HTML))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("no picture of BufferPool plain");
    }

    @Test
    void noFormatIsRefused() {
        assertThatThrownBy(() -> pool.dump(null)).isInstanceOf(NullPointerException.class).hasMessage("format");
    }
}
