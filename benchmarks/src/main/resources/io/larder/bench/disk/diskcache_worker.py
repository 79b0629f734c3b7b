"""One caller of python-diskcache: obeys the orders of MixWorker.java, with the same workload as Mix.java."""

import collections
import random
import sys
import time

import diskcache

KEYS = 100
WARMUP_SHARE = 100
CALLS = ("get", "set", "delete")


def values_of(size):
    return [random.Random(key).randbytes(size) for key in range(KEYS)]


def three_digits(nanos):
    step = 1
    while nanos >= 1000 * step:
        step *= 10
    return nanos // step * step


def text_of(timings):
    calls = sum(len(timings[call]) for call in CALLS)
    nanos = sum(sum(timings[call]) for call in CALLS)
    words = [str(calls * 1e9 / nanos)]
    for call in CALLS:
        counts = collections.Counter(map(three_digits, timings[call]))
        words.append(",".join("%d:%d" % pair for pair in counts.items()) or "-")
    return " ".join(words)


def run(cache, operations, size, seed):
    rng = random.Random(seed)
    values = values_of(size)
    timings = {call: [] for call in CALLS}
    clock = time.perf_counter_ns
    gets = hits = 0
    for count in range(operations):
        number = rng.randrange(KEYS)
        key = "key-%d" % number
        value = values[number]
        chance = rng.random()
        if chance < 0.90:
            call = "get"
            start = clock()
            found = cache.get(key)
            nanos = clock() - start
            gets += 1
            hits += found is not None
            if found is not None and found != value:
                raise ValueError("Key %r had a value that was never put. Its reads cannot be compared" % key)
        elif chance < 0.99:
            call = "set"
            start = clock()
            cache.set(key, value)
            nanos = clock() - start
        else:
            call = "delete"
            start = clock()
            cache.delete(key)
            nanos = clock() - start
        if count >= operations // WARMUP_SHARE:
            timings[call].append(nanos)
    if gets >= 100 and hits < gets / 2:
        raise ValueError("%d of %d gets found a value. These gets cannot be compared" % (hits, gets))
    return text_of(timings)


def main():
    cache = None
    print("ready", flush=True)
    for line in sys.stdin:
        words = line.split()
        answer = ""
        if words[0] == "open":
            cache = diskcache.Cache(words[1])
        elif words[0] == "fill":
            for key, value in enumerate(values_of(int(words[1]))):
                cache.set("key-%d" % key, value)
        elif words[0] == "run":
            answer = run(cache, int(words[1]), int(words[2]), int(words[4]))
        elif words[0] == "close":
            cache.close()
        else:
            raise ValueError("Cannot obey %r. Known: open, fill, run, close" % line)
        print(answer, flush=True)


main()
