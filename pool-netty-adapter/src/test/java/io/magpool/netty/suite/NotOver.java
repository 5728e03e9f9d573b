/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.suite;

import io.magpool.netty.programs.Transport;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Leaves a transport out of a class of Netty's suite, which {@link NettyTestsListTest} lists. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface NotOver {

    Transport value();

    String because();
}
