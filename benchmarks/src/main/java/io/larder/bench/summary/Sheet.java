package io.larder.bench.summary;

import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The raw numbers of a run of a suite, each line by the names of its columns. Immutable. */
record Sheet(List<Map<String, String>> rows) {

    private static final String ENDING = ".csv";

    /** Reads what a suite wrote; no field has a comma in it. */
    static Sheet parse(String csv) {
        List<String> lines = csv.lines().toList();
        String[] columns = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int index = 0; index < Math.min(columns.length, fields.length); index++) {
                if (!fields[index].isEmpty()) {
                    row.put(columns[index], fields[index]);
                }
            }
            rows.add(row);
        }
        return new Sheet(rows);
    }

    /** Returns those of a folder by their suites, none where there is no such folder. */
    static Map<String, Sheet> in(Path folder) throws IOException {
        Map<String, Sheet> sheets = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    String name = String.valueOf(file.getFileName());
                    if (name.endsWith(ENDING)) {
                        String suite = name.substring(0, name.length() - ENDING.length());
                        sheets.put(suite, parse(Files.readString(file)));
                    }
                }
            }
        }
        return sheets;
    }

    /** Returns how many times as good as the best rival's the figure was, nothing where one of them was not measured. */
    Optional<Spread> ratio(Ratio ratio) {
        List<Score<String, String, Double>> scores = new ArrayList<>();
        for (Map<String, String> row : rows) {
            String figure = row.get(ratio.figure());
            String peer = row.get(ratio.peerColumn());
            if (figure != null
                    && peer != null
                    && row.entrySet().containsAll(ratio.where().entrySet())) {
                double value = Double.parseDouble(figure);
                int round = Integer.parseInt(row.getOrDefault("round", "1"));
                scores.add(new Score<>(round, "", peer, ratio.lessIsBetter() ? 1 / value : value));
            }
        }
        Results<String, String, Double> results = new Results<>(scores);
        boolean isMeasured =
                results.has("", ratio.ours()) && ratio.rivals().stream().anyMatch(rival -> results.has("", rival));
        return isMeasured
                ? Optional.of(results.ratio("", ratio.ours(), ratio.rivals(), value -> value))
                : Optional.empty();
    }
}
