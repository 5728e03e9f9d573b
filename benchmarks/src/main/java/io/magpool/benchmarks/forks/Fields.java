/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.forks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Named values, as they travel between JVMs: {@code name=value} in arguments and in lines of text. An immutable value. */
public final class Fields {

    /** What begins a line that holds fields. Other lines are chatter. */
    private static final String MARK = "#fields\t";

    private static final Fields NONE = new Fields(Map.of());

    private final Map<String, String> values;

    private Fields(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Returns no fields.
     *
     * @return an empty value, to add to
     */
    public static Fields none() {
        return NONE;
    }

    /**
     * Adds a field.
     *
     * @param name its name
     * @param value its value
     * @return these fields and that one
     * @throws IllegalArgumentException if the name holds an equals sign, or either a tab or a line break
     */
    public Fields with(String name, String value) {
        if ((name + value).matches("(?s).*[\t\r\n].*") || name.contains("=")) {
            throw new IllegalArgumentException(
                    "field \"" + name + "\" is \"" + value + "\": must be a line without tabs");
        }
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Fields(more);
    }

    /**
     * Adds a whole number.
     *
     * @param name its name
     * @param value its value
     * @return these fields and that one
     */
    public Fields with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /**
     * Adds a number.
     *
     * @param name its name
     * @param value its value
     * @return these fields and that one
     */
    public Fields with(String name, double value) {
        return with(name, String.format(Locale.ROOT, "%.6g", value));
    }

    /**
     * Tells whether there is such a field.
     *
     * @param name its name
     * @return true if so
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * Reads a field.
     *
     * @param name its name
     * @return its value
     * @throws IllegalArgumentException if there is none
     */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no field " + name + " in " + values);
        }
        return value;
    }

    /**
     * Reads a whole number.
     *
     * @param name its name
     * @return its value
     */
    public long number(String name) {
        return Long.parseLong(text(name));
    }

    /**
     * Reads a number.
     *
     * @param name its name
     * @return its value
     */
    public double real(String name) {
        return Double.parseDouble(text(name));
    }

    /**
     * Returns them as arguments.
     *
     * @return {@code name=value}, one for each
     */
    public List<String> toArguments() {
        List<String> arguments = new ArrayList<>();
        values.forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments;
    }

    /**
     * Reads arguments.
     *
     * @param arguments {@code name=value}, one for each
     * @return the fields
     */
    public static Fields ofArguments(List<String> arguments) {
        Fields fields = NONE;
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("argument is \"" + argument + "\": must be name=value");
            }
            fields = fields.with(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return fields;
    }

    /**
     * Returns them as a line of output.
     *
     * @return a line without its break
     */
    public String toLine() {
        return MARK + String.join("\t", toArguments());
    }

    /**
     * Reads a line of output.
     *
     * @param line a line
     * @return the fields, or nothing if the line is something else
     */
    public static Optional<Fields> ofLine(String line) {
        return line.startsWith(MARK)
                ? Optional.of(ofArguments(List.of(line.substring(MARK.length()).split("\t"))))
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
