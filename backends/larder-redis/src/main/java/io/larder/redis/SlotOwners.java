package io.larder.redis;

import io.larder.spi.Reply;
import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which leader of a cluster has which of the slots that Larder uses, as each says of itself. Immutable; outside a cluster there is nothing
 * to tell.
 *
 * @param slots a leader's name and a slot that it has, or that is on its way from it or to it
 * @param moving slots that are on their way
 */
record SlotOwners(List<String> slots, Set<Integer> moving) {

    private static final int SLOTS_FIELD = 8;
    /** As CLUSTER NODES tells them: {@code 5}, {@code 7-9}, {@code [5->-node]}, {@code [5-<-node]}. */
    private static final Pattern SLOTS = Pattern.compile("\\[(\\d+)-[<>]-\\w+]|(\\d+)(?:-(\\d+))?");

    /** Outside a cluster. */
    static final SlotOwners NONE = new SlotOwners(List.of(), Set.of());

    static Reply<SlotOwners> of(Calls calls, List<Commands> leaders) {
        if (!calls.isCluster()) {
            return Reply.ready(NONE);
        }
        return Reply.all(leaders.stream()
                        .map(leader -> calls.ask(leader, commands -> commands.clusterNodes()))
                        .toList())
                .map(SlotOwners::of);
    }

    private static SlotOwners of(List<String> answers) {
        List<String> slots = new ArrayList<>();
        Set<Integer> moving = new HashSet<>();
        for (String answer : answers) {
            answer.lines()
                    .filter(line -> line.contains("myself"))
                    .forEach(line -> addOwn(line.split(" "), slots, moving));
        }
        Collections.sort(slots);
        return new SlotOwners(List.copyOf(slots), Set.copyOf(moving));
    }

    /** Whether each of the slots has a leader; without that, there is one who was not asked. */
    boolean isWhole() {
        return equals(NONE)
                || slots.stream()
                                .filter(slot -> slot.indexOf('[') < 0)
                                .distinct()
                                .count()
                        == KeyLayout.BUCKETS;
    }

    boolean isMoving() {
        return !moving.isEmpty();
    }

    /** Returns those of {@code names} that are in a slot on its way. */
    List<byte[]> moving(List<byte[]> names) {
        return names.stream()
                .filter(name -> moving.contains(SlotHash.getSlot(name)))
                .toList();
    }

    private static void addOwn(String[] fields, List<String> slots, Set<Integer> moving) {
        for (int i = SLOTS_FIELD; i < fields.length; i++) {
            Matcher told = SLOTS.matcher(fields[i]);
            if (!told.matches()) {
                continue;
            }
            boolean isMoving = told.group(1) != null;
            int first = Integer.parseInt(told.group(isMoving ? 1 : 2));
            int last = told.group(3) == null ? first : Integer.parseInt(told.group(3));
            KeyLayout.bucketSlots()
                    .filter(slot -> first <= slot && slot <= last)
                    .forEach(slot -> {
                        slots.add(fields[0] + " " + (isMoving ? told.group() : slot));
                        if (isMoving) {
                            moving.add(slot);
                        }
                    });
        }
    }
}
