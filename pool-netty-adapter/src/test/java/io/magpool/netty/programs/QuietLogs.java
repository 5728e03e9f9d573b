/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps programs from warning of connections that break, where they are meant to. */
final class QuietLogs implements BeforeAllCallback, AfterAllCallback {

    private final List<Logger> loggers = List.of(Logger.getLogger("io.netty"), Logger.getLogger("io.grpc"),
            Logger.getLogger("reactor"));

    @Override
    public void beforeAll(ExtensionContext context) {
        loggers.forEach(logger -> logger.setLevel(Level.SEVERE));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        loggers.forEach(logger -> logger.setLevel(null));
    }
}
