/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.magpool.benchmarks.forks.Fields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private static Outcome outcome(Candidate candidate, Fields parameters, List<Fields> reported) {
        return new Outcome(Step.of(candidate, "", List.of(), parameters), reported);
    }

    @Test
    void whatStaysIsTheShareOfWhatTheBuffersTook() {
        List<Fields> stages = new ArrayList<>();
        long[] resident = {100, 356, 292, 164, 90};
        String[] names = {"before", "held", "released", "later", "trimmed"};
        for (int i = 0; i < names.length; i++) {
            stages.add(Fields.none()
                    .with("stage", names[i])
                    .with("virtual", resident[i] << 20)
                    .with("resident", resident[i] << 20));
        }
        Fields parameters = Fields.none().with("size", 16 << 10).with("count", 16_384);
        Outcome outcome = outcome(Candidate.MAGPOOL, parameters, stages);

        assertThat(WhereDidItGo.stays(outcome, "released")).isEqualTo(0.75);
        assertThat(WhereDidItGo.stays(outcome, "trimmed")).isZero();
        assertThat(new WhereDidItGo().findings(List.of(outcome)).table().toMarkdown()).contains(
                "| 16384 x 16 KiB | Magpool | 100 | 256 | 192 | 64 | -10 | 100 | 256 | 192 | 64 | -10 | 75% | 25% | 0.0% |");
    }

    @Test
    void survivorsAreShownAgainstTheArithmetic() {
        List<Fields> stages = new ArrayList<>();
        stages.add(reading("before", 0, 50, 10));
        stages.add(reading("held", 1_024, 1_200, 110));
        for (int percent : new int[]{20, 5, 1, 0}) {
            stages.add(reading("left " + percent, 512, 600, 15));
        }
        Outcome outcome = outcome(Candidate.POOLED, Fields.none().with("size", 256), stages);

        assertThat(new BurstAndSurvivors().findings(List.of(outcome)).table().toMarkdown())
                .contains("| 256 B | Netty pooled | 5% | 56% | 50% | 512 | 550 | 700 | 100 | 5.0 | 5.0% |");
    }

    private static Fields reading(String stage, long regions, long resident, long heap) {
        return Fields.none()
                .with("stage", stage)
                .with("millis", 10)
                .with("pages", 1_024 << 20)
                .with("regions", regions << 20)
                .with("resident", resident << 20)
                .with("heap", heap << 20)
                .with("charged", 700 << 20);
    }

    @Test
    void thePriceOfTrimmingIsARatioOverPairsOfJvms() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            outcomes.add(service(Candidate.MAGPOOL, round, 900, 110,
                    List.of("before", "burst", "after", "trimming", "settled")));
            outcomes.add(service(Candidate.MAGPOOL_NONE, round, 600, 100, List.of("before", "burst", "after")));
        }

        Findings findings = new SteadyService().findings(outcomes);
        assertThat(String.join("\n", findings.notes())).contains(
                "4 s more: 1,048,576 bytes (median; at most 1,048,576) went back; taken again within a second of a tick"
                        + " were 4,096 bytes (median; at most 4,096).",
                "CPU time of a replacement after the burst, with the trimmer : policy none: 1.100, paired 95 % interval"
                        + " 1.100 to 1.100, 3 pairs.",
                "p99.9 of acquire while the trimmer works : after the burst with policy none: 1.500, paired");
    }

    private static Outcome service(Candidate candidate, int round, long p999, long cpu, List<String> stages) {
        List<Fields> reported = new ArrayList<>();
        for (String stage : stages) {
            reported.add(Fields.none()
                    .with("stage", stage)
                    .with("rate", 1e6)
                    .with("cpu", cpu)
                    .with("max", 5_000)
                    .with("resident", 1 << 20)
                    .with("p50", 50)
                    .with("p99", 200)
                    .with("p99.9", p999)
                    .with("p99.99", 2_000)
                    .with("seconds", 0.1)
                    .with("bytes", 1 << 20)
                    .with("again", 4_096));
        }
        return outcome(candidate, Fields.none().with("round", round), reported);
    }

    @Test
    void everyExperimentIsAlsoSmallAndEachStepKnowsWhatItNeeds() {
        for (String name : Experiments.names()) {
            Experiment experiment = Experiments.named(name);
            Extent inEarnest = new Extent(false, 16L << 30);
            List<Step> smoke = experiment.steps(new Extent(true, 16L << 30));
            List<Step> all = experiment.steps(inEarnest);

            assertThat(experiment.question()).endsWith("?");
            assertThat(smoke).isNotEmpty();
            if (all.isEmpty()) {
                assertThat(inEarnest.notices()).as(name).anyMatch(notice -> notice.startsWith("Not installed here"));
            } else {
                assertThat(smoke).hasSizeLessThanOrEqualTo(all.size());
            }
            assertThat(all).allSatisfy(
                    step -> assertThat(Fields.ofArguments(step.parameters().toArguments()))
                            .isEqualTo(step.parameters()));
        }
    }

    @Test
    void aServerIsMeasuredWhereWrkIsAndElsewhereItIsSaidWhy() {
        Extent with = new Extent(false, 16L << 30);
        Extent without = new Extent(false, 16L << 30);

        assertThat(new HttpServer(true).steps(with)).hasSizeGreaterThan(3);
        assertThat(with.notices()).isEmpty();
        assertThat(new HttpServer(false).steps(without)).isEmpty();
        assertThat(without.notices()).singleElement().asString().contains("wrk");
        assertThat(new HttpServer(false).steps(new Extent(true, 16L << 30))).as("a smoke run needs no wrk")
                .isNotEmpty();
    }

    @Test
    void readersAreSlowerByTheRatioOfTheirTimes() {
        assertThat(WhoPays.slowDown(Fields.none().with("alone", 2.0).with("load", 2.5))).isCloseTo(0.25, within(1e-9));
    }
}
