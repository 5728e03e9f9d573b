/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class LineChartTest {

    private static final LineChart.Panel PANEL =
            new LineChart.Panel("a < b", "per cent", "bytes", Axis.bytes(64, 4_096),
                    Axis.linear(100, "%"),
                    List.of(new LineChart.Curve("one", "#000000", true,
                            List.of(new LineChart.Point(64, 10), new LineChart.Point(4_096, 90))),
                            new LineChart.Curve("nothing", "#000000", false, List.of())));

    @Test
    void theChartIsXmlWithALineForEachCurveThatHasPoints() throws Exception {
        Document chart = parsed(LineChart.of("a & b", Collections.nCopies(3, PANEL)));

        assertThat(chart.getElementsByTagName("polyline").getLength()).isEqualTo(3);
        assertThat(chart.getElementsByTagName("circle").getLength()).isEqualTo(6);
        assertThat(chart.getDocumentElement().getAttribute("height")).isEqualTo("720");
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
