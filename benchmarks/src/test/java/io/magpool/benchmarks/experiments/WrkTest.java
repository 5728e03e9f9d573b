/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrkTest {

    private static final String REPORT = """
            Running 3s test @ http://127.0.0.1:37415/
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.02ms  315.13us   9.05ms   89.94%
                Req/Sec    62.90k     3.72k   68.12k    73.33%
              187754 requests in 3.01s, 58.19MB read
            Requests/sec:  62478.61
            Transfer/sec:     19.36MB
            """;

    @Test
    void theReportSaysHowManyRequestsWereAnsweredAndHowFast() {
        assertThat(Wrk.parse(REPORT)).isEqualTo(new Wrk(187_754, 62_478.61));
    }

    @Test
    void aReportOfErrorsIsNoMeasurement() {
        assertThatThrownBy(() -> Wrk.parse(REPORT + "  Socket errors: connect 0, read 3, write 0, timeout 0\n"))
                .hasMessage("wrk reports Socket errors: connect 0, read 3, write 0, timeout 0");
        assertThatThrownBy(() -> Wrk.parse(REPORT + "  Non-2xx or 3xx responses: 17\n"))
                .hasMessageContaining("Non-2xx or 3xx responses: 17");
    }

    @Test
    void somethingElseIsNoReport() {
        assertThatThrownBy(() -> Wrk.parse("unable to connect")).hasMessageContaining("unable to connect");
    }
}
