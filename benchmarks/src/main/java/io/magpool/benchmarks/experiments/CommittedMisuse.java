/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.ChildFailedException;
import io.magpool.benchmarks.forks.Fields;
import io.magpool.benchmarks.misuse.Misuse;
import io.magpool.benchmarks.misuse.Party;
import io.magpool.benchmarks.misuse.Trial;
import io.magpool.benchmarks.misuse.Verdict;
import io.magpool.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What comes of misuse? Each kind is committed with each allocator, in a process of its own, which is killed if it does not
 * end: with and without the checks that the allocators themselves offer.
 */
final class CommittedMisuse implements Experiment {

    private static final String PARTY = "party";
    private static final String MISUSE = "misuse";

    @Override
    public String question() {
        return "What comes of misuse?";
    }

    @Override
    public List<Step> steps(Extent extent) {
        List<Party> installed = Arrays.stream(Party.values()).filter(Party::isInstalled).toList();
        Arrays.stream(Party.values())
                .filter(party -> !party.isInstalled())
                .forEach(party -> extent.note("Not installed: " + party.label() + "."));
        List<Misuse> kinds = extent.smoke() ? List.of(Misuse.RELEASED_TWICE) : List.of(Misuse.values());
        String names = String.join(",", kinds.stream().map(Enum::name).toList());
        return installed.stream()
                .map(party -> new Step(party.label(), List.of("-Xmx64m", "--enable-native-access=ALL-UNNAMED"),
                        Map.of(),
                        Fields.none().with(PARTY, party.name()).with(MISUSE, names)))
                .toList();
    }

    @Override
    public void measure(Fields parameters, Consumer<Fields> report) {
        Party party = Party.valueOf(parameters.text(PARTY));
        for (String name : Stream.of(parameters.text(MISUSE).split(",")).toList()) {
            try {
                Trial trial = Trial.of(party, Misuse.valueOf(name), System.out);
                report.accept(Fields.none()
                        .with(MISUSE, name)
                        .with("verdict", trial.verdict().name())
                        .with("words", trial.words()));
            } catch (ChildFailedException notStarted) {
                throw new IllegalStateException(notStarted);
            }
        }
    }

    @Override
    public Findings findings(List<Outcome> outcomes) {
        List<List<String>> lines = new ArrayList<>();
        for (Misuse misuse : Misuse.values()) {
            if (outcomes.stream().allMatch(outcome -> isIn(outcome, misuse))) {
                lines.addAll(lines(misuse, outcomes));
            }
        }
        List<String> notes = List.of(
                "Each misuse was committed once, in a process of its own, with buffers of 1 KiB and some churn before and after it."
                        + " A JVM that shares a malloc is misused along with it: where it crashes, a C program may go on.",
                "Noticed, by an exception, a report or an abort, of the kinds that can be committed: "
                        + String.join(", ", outcomes.stream().map(CommittedMisuse::score).toList()) + ".");
        return new Findings(new Table(List.of("a buffer is", "with", "comes to"), lines, 3), notes, List.of());
    }

    private static boolean isIn(Outcome outcome, Misuse misuse) {
        return outcome.reported().stream().anyMatch(fields -> fields.text(MISUSE).equals(misuse.name()));
    }

    private static Verdict verdict(Fields reported) {
        return Verdict.valueOf(reported.text("verdict"));
    }

    private static String score(Outcome outcome) {
        List<Verdict> verdicts = outcome.reported().stream()
                .map(CommittedMisuse::verdict)
                .filter(verdict -> verdict != Verdict.IMPOSSIBLE)
                .toList();
        long noticed = verdicts.stream().filter(Verdict::isNoticed).count();
        return outcome.step().label() + " " + noticed + " of " + verdicts.size();
    }

    /** The same words once, for all to whom they belong. */
    private static List<List<String>> lines(Misuse misuse, List<Outcome> outcomes) {
        Map<String, List<String>> parties = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            Fields reported = outcome.report(MISUSE, misuse.name());
            parties.computeIfAbsent(verdict(reported).word() + ": " + reported.text("words"), key -> new ArrayList<>())
                    .add(outcome.step().label());
        }
        return parties.entrySet().stream()
                .map(entry -> List.of(misuse.label(), String.join("; ", entry.getValue()), entry.getKey()))
                .toList();
    }
}
