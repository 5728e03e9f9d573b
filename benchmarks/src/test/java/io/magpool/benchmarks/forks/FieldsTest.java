/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.forks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldsTest {

    private final Fields fields = Fields.none().with("stage", "left 5").with("bytes", 1L << 40).with("share", 0.25);

    @Test
    void theyTravelAsArgumentsAndAsLines() {
        assertThat(Fields.ofArguments(fields.toArguments())).isEqualTo(fields);
        assertThat(Fields.ofLine(fields.toLine())).contains(fields);
    }

    @Test
    void otherLinesAreChatter() {
        assertThat(Fields.ofLine("stage=left")).isEmpty();
    }

    @Test
    void valuesAreTextOrNumbers() {
        assertThat(fields.text("stage")).isEqualTo("left 5");
        assertThat(fields.number("bytes")).isEqualTo(1L << 40);
        assertThat(fields.real("share")).isEqualTo(0.25);
        assertThat(fields.real("bytes")).isEqualTo(Math.scalb(1.0, 40));
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        assertThatThrownBy(() -> fields.text("rate")).hasMessageContaining("rate");
        assertThatThrownBy(() -> Fields.ofArguments(List.of("rate"))).hasMessageContaining("\"rate\"");
        assertThatThrownBy(() -> fields.with("a=b", "c")).hasMessageContaining("a=b");
        assertThatThrownBy(() -> fields.with("a", "b\tc")).hasMessageContaining("line without tabs");
    }
}
