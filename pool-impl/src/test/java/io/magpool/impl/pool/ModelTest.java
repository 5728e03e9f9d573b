/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.PooledBuffer;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random scripts, played to a pool and to its model. {@code -Dmodel.seed=...} begins with that seed. A script that fails is
 * made short and printed.
 */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class ModelTest extends PoolTest {

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(Long.getLong("model.millis", 1200));
    private static final int LENGTH = 300;

    @Test
    void thePoolDoesWhatItsModelDoes() {
        long seed = Long.getLong("model.seed", System.nanoTime());
        long end = System.nanoTime() + NANOS;
        do {
            List<Operation> script = Operation.randomScript(new SplittableRandom(seed), LENGTH);
            Throwable wrong = Execution.play(variant, script, pool -> pool);
            if (wrong != null) {
                throw shortened(script, seed, wrong, pool -> pool);
            }
            seed++;
        } while (System.nanoTime() < end);
    }

    private AssertionError shortened(
            List<Operation> script, long seed, Throwable wrong, UnaryOperator<BufferPool> wrapper) {
        List<Operation> least =
                Shrinking.shrink(script, shorter -> Execution.play(variant, shorter, wrapper) != null);
        Throwable now = Execution.play(variant, least, wrapper);
        String steps = least.stream().map(Operation::toString).collect(Collectors.joining("\n  "));
        return new AssertionError(
                "-Dmodel.seed=" + seed + " on " + variant + " fails, and so " + (now == null ? "sometimes " : "")
                        + "does this:\n  " + steps,
                now == null ? wrong : now);
    }

    @Test
    void aPlantedFaultIsFoundAndMadeShort() {
        List<Operation> script = Operation.randomScript(new SplittableRandom(42), LENGTH);
        Throwable wrong = Execution.play(variant, script, Forgetful::of);
        assertThat(wrong).isInstanceOf(AssertionError.class);
        AssertionError report = shortened(script, 42, wrong, Forgetful::of);
        assertThat(report).hasMessageContaining("-Dmodel.seed=42 on " + variant);
        assertThat(report.getMessage().lines().skip(1).toList())
                .as("what it takes: a trim, then zeros, more than 1,000 of them\n%s", report.getMessage())
                .containsExactly(
                        "  Trim[by=CALLER]",
                        "  Acquire[by=CALLER, slot=" + slotOf(report) + ", size=1001, zeroed=true, alignment=1]");
    }

    private static String slotOf(AssertionError report) {
        return report.getMessage().replaceFirst("(?s).*slot=(\\d+).*", "$1");
    }

    /** A pool that, once it was trimmed, forgets the last byte when it clears more than 1,000. */
    private record Forgetful(BufferPool real, AtomicBoolean trimmed) implements InvocationHandler {

        static BufferPool of(BufferPool real) {
            return (BufferPool) Proxy.newProxyInstance(
                    Forgetful.class.getClassLoader(),
                    new Class<?>[]{BufferPool.class},
                    new Forgetful(real, new AtomicBoolean()));
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            Object result;
            try {
                result = method.invoke(real, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
            if (method.getName().equals("trimCurrentThread")) {
                trimmed.set(true);
            }
            if (trimmed.get()
                    && result instanceof PooledBuffer buffer
                    && arguments[0] instanceof BufferRequest request
                    && request.isZeroed()
                    && request.size() > 1000) {
                buffer.segment().set(ValueLayout.JAVA_BYTE, request.size() - 1, (byte) 1);
            }
            return result;
        }
    }
}
