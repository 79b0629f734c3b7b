package io.larder.redis;

import io.larder.spi.Pages;
import io.larder.spi.Reply;
import io.lettuce.core.ScanCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/** The members of a collection that every bucket has, some buckets at a time. Confined to one caller. */
final class BucketPages implements Pages<EntryPlace> {

    /** How many buckets are asked at once. */
    private static final int BUCKETS_AT_ONCE = 64;

    private final KeyLayout layout;
    private final Function<Step, Reply<Found>> scan;
    private final Queue<Step> steps = new ArrayDeque<>();

    /** What to ask a bucket next. */
    record Step(int bucket, ScanCursor cursor) {}

    /** What a bucket answered: members' keys, and where to go on. */
    record Found(List<byte[]> keys, ScanCursor cursor) {}

    BucketPages(KeyLayout layout, Function<Step, Reply<Found>> scan) {
        this.layout = layout;
        this.scan = scan;
        for (int bucket = 0; bucket < layout.buckets(); bucket++) {
            steps.add(new Step(bucket, ScanCursor.INITIAL));
        }
    }

    @Override
    public Reply<List<EntryPlace>> next() {
        if (steps.isEmpty()) {
            return Reply.ready(List.of());
        }
        List<Step> asked = new ArrayList<>();
        while (asked.size() < BUCKETS_AT_ONCE && !steps.isEmpty()) {
            asked.add(steps.remove());
        }
        return Reply.all(asked.stream().map(scan).toList()).then(answers -> {
            List<EntryPlace> page = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                Found found = answers.get(i);
                if (!found.cursor().isFinished()) {
                    steps.add(new Step(asked.get(i).bucket(), found.cursor()));
                }
                for (byte[] key : found.keys()) {
                    EntryPlace place = EntryPlace.of(key, layout);
                    if (place != null) {
                        page.add(place);
                    }
                }
            }
            return page.isEmpty() ? next() : Reply.ready(page);
        });
    }
}
