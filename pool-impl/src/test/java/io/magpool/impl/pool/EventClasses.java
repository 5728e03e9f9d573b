/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** All events that the code has. */
final class EventClasses {

    private EventClasses() {}

    static List<Class<?>> all() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.magpool.impl")
                .stream()
                .filter(found -> found.isAnnotatedWith("jdk.jfr.Name"))
                .<Class<?>>map(JavaClass::reflect)
                .toList();
    }
}
