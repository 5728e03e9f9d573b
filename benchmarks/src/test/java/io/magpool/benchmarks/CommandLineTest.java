/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.benchmarks.experiments.Experiments;
import io.magpool.benchmarks.plan.Plan;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    @Test
    void withoutOptionsTheComparisonIsQuick() {
        assertThat(CommandLine.parse().mode()).isEqualTo(CommandLine.Mode.QUICK);
    }

    @Test
    void optionsMayStandInAnyOrder() {
        CommandLine commandLine = CommandLine.parse("--only", "pair", "--full", "--out", "elsewhere");

        assertThat(commandLine.mode()).isEqualTo(CommandLine.Mode.FULL);
        assertThat(commandLine.only().pattern()).isEqualTo("pair");
        assertThat(commandLine.directory()).isEqualTo(Path.of("elsewhere"));
    }

    @Test
    void onlyKeepsRunsWhoseNameHasAMatch() {
        CommandLine commandLine = CommandLine.parse("--only", "hand-off.*Netty pooled");

        assertThat(Plan.quick(commandLine.wanted()).runs()).hasSize(2)
                .allSatisfy(run -> assertThat(run.name()).startsWith("hand-off").endsWith("Netty pooled"));
    }

    @Test
    void experimentsAreChosenByName() {
        CommandLine commandLine = CommandLine.parse("experiment", "burst-and-survivors", "--out", "elsewhere");

        assertThat(commandLine.mode()).isEqualTo(CommandLine.Mode.EXPERIMENT);
        assertThat(commandLine.experiment()).isEqualTo("burst-and-survivors");
        assertThat(CommandLine.parse("--footprint").experiment()).isEqualTo(Experiments.FOOTPRINT);
    }

    @Test
    void anotherBuildIsComparedInPairs() {
        CommandLine commandLine = CommandLine.parse("--compare", "jars", "--pairs", "4");

        assertThat(commandLine.mode()).isEqualTo(CommandLine.Mode.BUILDS);
        assertThat(commandLine.jars()).isEqualTo(Path.of("jars"));
        assertThat(commandLine.pairs()).isEqualTo(4);
    }

    @Test
    void thePriceOfTrimIsMeasuredInPairsToo() {
        CommandLine commandLine = CommandLine.parse("--price-of-trim", "--only", "pair");

        assertThat(commandLine.mode()).isEqualTo(CommandLine.Mode.PRICE_OF_TRIM);
        assertThat(Plan.priceOfTrim(commandLine.wanted()).runs()).hasSize(1);
    }

    @Test
    void accessAndSettingsAreCommandsOfTheirOwn() {
        assertThat(CommandLine.parse("--access").mode()).isEqualTo(CommandLine.Mode.ACCESS);
        assertThat(CommandLine.parse("--settings", "--pairs", "3").mode()).isEqualTo(CommandLine.Mode.SETTINGS);
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        assertThatThrownBy(() -> CommandLine.parse("experiment", "alchemy")).hasMessageContaining("alchemy");
        assertThatThrownBy(() -> CommandLine.parse("--pairs", "1")).hasMessageContaining("--pairs 1");
        assertThatThrownBy(() -> CommandLine.parse("--fast")).hasMessageContaining("--fast");
        assertThatThrownBy(() -> CommandLine.parse("--out")).hasMessageContaining("--out");
        assertThatThrownBy(() -> CommandLine.parse("--only", "(")).hasMessageContaining("--only (");
    }

    @Test
    void theUsageNamesAllOptions() {
        assertThat(CommandLine.USAGE)
                .contains("--full", "--smoke", "--only", "--out", "--help", "--footprint", "--compare", "--pairs",
                        "--price-of-trim", "--access", "--settings")
                .contains(Experiments.names().stream().filter(name -> !name.equals(Experiments.FOOTPRINT)).toList());
    }
}
