/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One setting: its key, its default and the rule that its values obey. Where the README's table comes from. */
record Setting<T>(String key, T byDefault, Function<String, T> parser, Predicate<T> rule, String ruleInWords) {

    static Setting<Long> bytes(String key, long byDefault, Predicate<Long> rule, String ruleInWords) {
        return new Setting<>(key, byDefault, Setting::parseBytes, rule, ruleInWords);
    }

    static Setting<Long> number(String key, long byDefault, Predicate<Long> rule, String ruleInWords) {
        return new Setting<>(key, byDefault, Long::valueOf, rule, ruleInWords);
    }

    static <E extends Enum<E>> Setting<E> choice(String key, E byDefault, String ruleInWords) {
        Function<String, E> parser =
                text -> Enum.valueOf(byDefault.getDeclaringClass(), text.toUpperCase(Locale.ROOT));
        return new Setting<>(key, byDefault, parser, value -> true, ruleInWords);
    }

    static <T> Setting<T> words(String key, T byDefault, Map<String, T> values, String ruleInWords) {
        Function<String, T> parser = text -> {
            T value = values.get(text.toLowerCase(Locale.ROOT));
            if (value == null) {
                throw new IllegalArgumentException(text);
            }
            return value;
        };
        return new Setting<>(key, byDefault, parser, value -> true, ruleInWords);
    }

    static Setting<Boolean> flag(String key, boolean byDefault) {
        return words(key, byDefault, Map.of("true", true, "false", false), "true or false");
    }

    static Setting<Duration> duration(
            String key, Duration byDefault, Predicate<Duration> rule, String ruleInWords) {
        return new Setting<>(key, byDefault, Setting::parseDuration, rule, ruleInWords);
    }

    T checked(T value) {
        if (!rule.test(value)) {
            throw new IllegalArgumentException(key + " is " + value + ": must be " + ruleInWords);
        }
        return value;
    }

    T parsed(String property, String text) {
        T value;
        try {
            value = parser.apply(text.strip());
        } catch (IllegalArgumentException notParsed) {
            throw invalid(property, text, notParsed);
        }
        if (!rule.test(value)) {
            throw invalid(property, text, null);
        }
        return value;
    }

    private IllegalArgumentException invalid(
            String property, String text, @Nullable IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "system property " + property + " is \"" + text + "\": must be " + ruleInWords, cause);
    }

    private static Duration parseDuration(String text) {
        try {
            if (text.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            String number = text.substring(0, Math.max(0, text.length() - 1));
            if (text.endsWith("s")) {
                return Duration.ofSeconds(Long.parseLong(number));
            }
            if (text.endsWith("m")) {
                return Duration.ofMinutes(Long.parseLong(number));
            }
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException(tooLarge);
        }
        throw new NumberFormatException("without a unit");
    }

    private static Long parseBytes(String text) {
        int last = text.length() - 1;
        int shift =
                switch (last < 0 ? ' ' : Character.toLowerCase(text.charAt(last))) {
                    case 'k' -> 10;
                    case 'm' -> 20;
                    case 'g' -> 30;
                    default -> 0;
                };
        long number = Long.parseLong(shift == 0 ? text : text.substring(0, last));
        if (number < 0 || number > Long.MAX_VALUE >> shift) {
            throw new NumberFormatException("negative or too large");
        }
        return number << shift;
    }
}
