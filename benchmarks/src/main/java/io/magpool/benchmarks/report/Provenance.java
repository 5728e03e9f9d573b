/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where numbers come from.
 *
 * @param hardware the machine
 * @param software JVM and Netty
 * @param command how to do it again
 * @param date when it was done, in UTC
 */
public record Provenance(String hardware, String software, String command, LocalDate date) {

    /**
     * Describes here and now.
     *
     * @param command how to do it again
     * @return a description
     */
    public static Provenance current(String command) {
        return new Provenance(Machine.hardware(), Machine.software(), command, LocalDate.now(ZoneOffset.UTC));
    }
}
