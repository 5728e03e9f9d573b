/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.report.LineChart;
import io.magpool.benchmarks.report.Table;
import java.util.List;

/**
 * What an experiment found.
 *
 * @param table the figures
 * @param notes what a reader must know
 * @param panels the chart; none if there is none
 */
record Findings(Table table, List<String> notes, List<LineChart.Panel> panels) {}
