/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.benchmarks.plan.Case;
import io.magpool.benchmarks.plan.Workload;
import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.threads.ThreadKind;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PairChartTest {

    @Test
    void theChartIsXmlWithALineForEachRowOfEachPanel() throws Exception {
        Document chart = parsed(PairChart.of(measurements(64, 4 << 10, 1 << 20)));

        assertThat(chart.getElementsByTagName("polyline").getLength())
                .isEqualTo(ThreadKind.values().length * Row.values().length);
    }

    @Test
    void rowsOfFewPointsAreLeftOut() throws Exception {
        Document chart = parsed(PairChart.of(measurements(256, 64 << 10)));

        assertThat(chart.getElementsByTagName("polyline").getLength()).isZero();
    }

    private static Measurements measurements(int... sizes) {
        List<Measurement> all = new ArrayList<>();
        for (ThreadKind kind : ThreadKind.values()) {
            for (Row row : Row.values()) {
                for (int size : sizes) {
                    all.add(Samples.measured(new Case(Workload.PAIR, size, kind, 1), row, size / 10.0));
                }
            }
        }
        return new Measurements(all);
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
