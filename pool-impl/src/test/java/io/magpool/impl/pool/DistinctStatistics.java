/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolStatistics;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Statistics each term of which is another number, so that whoever shows one for the other is found out. */
public final class DistinctStatistics {

    private DistinctStatistics() {}

    /** Each numeric term by its name. The number of children is one of them. */
    public static Map<String, Long> terms() {
        Map<String, Long> terms = new TreeMap<>();
        List<Method> methods = Arrays.stream(PoolStatistics.class.getMethods())
                .filter(method -> List.of(int.class, long.class, OptionalLong.class).contains(method.getReturnType()))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        for (Method method : methods) {
            terms.put(method.getName(), 1_000L + terms.size());
        }
        terms.put("children", 7L);
        return terms;
    }

    /** A pool that has nothing but these. */
    public static BufferPool pool(String name) {
        return (BufferPool) Proxy.newProxyInstance(
                BufferPool.class.getClassLoader(),
                new Class<?>[]{BufferPool.class},
                (proxy, method, arguments) -> of(name));
    }

    /** The statistics of a pool of that name. */
    public static PoolStatistics of(String name) {
        Map<String, Long> terms = terms();
        return (PoolStatistics) Proxy.newProxyInstance(
                PoolStatistics.class.getClassLoader(),
                new Class<?>[]{PoolStatistics.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "poolName" -> name;
                    case "children" ->
                            Collections.nCopies(terms.get("children").intValue(), of(name + "/child"));
                    case "sizeClasses", "byArena" -> List.of();
                    default -> as(method.getReturnType(), terms.get(method.getName()));
                });
    }

    private static Object as(Class<?> type, long value) {
        LongSupplier term = () -> value;
        if (type == int.class) {
            return (int) term.getAsLong();
        }
        return type == long.class ? (Object) value : OptionalLong.of(value);
    }
}
