package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static io.larder.cli.Cli.shell;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each verb and what it answers; the shell is how one cache sees several of them. */
class VerbsTest {

    @Nested
    class Values {

        @Test
        void getPrintsAStringBareAndAnythingElseAsJson() {
            shell("set a hello", "get a").prints("hello");
            shell("set a 'two words'", "get a").prints("two words");
            shell("set a \"5\"", "get a").prints("5");
            shell("set a {\"n\": [1, 2.50, true, null], \"s\": \"x y\"}", "get a")
                    .prints("{\"n\":[1,2.50,true,null],\"s\":\"x y\"}");
            shell("set a ''", "get a").prints("");
        }

        @Test
        void withJsonGetAlwaysPrintsJson() {
            shell("set a hello", "--json get a", "get a --json").prints("\"hello\"", "\"hello\"");
            assertThat(larder(Map.of(), "set a hello\nget a\n", "--json", "shell")
                            .out())
                    .isEqualTo("\"hello\"\n");
        }

        @Test
        void numbersKeepTheirDigits() {
            shell("set a 123456789012345678901234567890", "get a").prints("123456789012345678901234567890");
            shell("set a -0.10", "get a").prints("-0.10");
            shell("set a 1e400", "get a").prints("1E+400");
            shell("set a 007", "--json get a").prints("\"007\"");
        }

        @Test
        void codecsAndStagesAreThere(@TempDir Path folder) {
            Map<String, String> written = Map.of("LARDER_URL", "disk:" + folder + "?codec=msgpack+zlib+zstd+lz4");
            Map<String, String> misread = Map.of("LARDER_URL", "disk:" + folder + "?codec=json+zlib");

            larder(written, "", "set", "a", "{\"n\":[1,null,\"x\"]}").prints();
            larder(written, "", "get", "a").prints("{\"n\":[1,null,\"x\"]}");
            assertThat(larder(misread, "", "get", "a").exit()).isEqualTo(Exit.MISS);
        }

        @Test
        void numbersKeepTheirDigitsAsJsonToo() {
            larder(
                            Map.of("LARDER_URL", "memory:?copy=codec"),
                            "set k 0.10\nget k\nset k {\"n\":1.50}\nget k\n",
                            "shell")
                    .prints("0.10", "{\"n\":1.50}");
        }

        @Test
        void aCachedNullIsNoMiss() {
            shell("set a null", "get a", "exists a").prints("null", "true");
        }

        @Test
        void aMissPrintsNothingAndExitsWith1() {
            assertThat(larder("get", "a")).isEqualTo(new Cli(1, "", ""));
            assertThat(larder("find", "a")).isEqualTo(new Cli(1, "", ""));
            assertThat(larder("expire", "a", "1s")).isEqualTo(new Cli(1, "", ""));
        }

        @Test
        void inAShellAMissIsSeen() {
            assertThat(shell("get a", "find a", "expire a 1s")).isEqualTo(new Cli(0, "", "(miss)\n(miss)\n(miss)\n"));
        }

        @Test
        void anyStringIsAKey() {
            shell(
                            "set 'a b' 1",
                            "set '' 2",
                            "set -- -k 3",
                            "set schön 4",
                            "get 'a b'",
                            "get ''",
                            "get -- -k",
                            "get schön")
                    .prints("1", "2", "3", "4");
            assertThat(larder("get", "@/etc/passwd").exit()).isEqualTo(1);
        }

        @Test
        void aNegativeNumberIsAValueAndNoOption() {
            shell("set a -5", "incr a --by -2").prints("-7");
        }

        @Test
        void aHyphenReadsStandardInputLessOneLineEnd() {
            assertThat(larder(Map.of(), "{\"n\":1}\n", "set", "a", "-")).isEqualTo(new Cli(0, "", ""));
            assertThat(SetVerb.withoutLineEnd("a\n")).isEqualTo("a");
            assertThat(SetVerb.withoutLineEnd("a\r\n")).isEqualTo("a");
            assertThat(SetVerb.withoutLineEnd("a\n\n")).isEqualTo("a\n");
            assertThat(SetVerb.withoutLineEnd("a")).isEqualTo("a");
        }

        @Test
        void inAShellAHyphenIsRefused() {
            assertThat(shell("set a -").err())
                    .isEqualTo("larder: line 1: '-' reads standard input, which holds the commands here."
                            + " Write the value itself. Try 'set --help'.\n");
        }
    }

    @Nested
    class Conditions {

        @Test
        void ifAbsentStoresOnlyWhereThereIsNothing() {
            assertThat(shell("set a 1 --if-absent", "set a 2 --if-absent", "get a", "set a 3", "get a"))
                    .isEqualTo(new Cli(0, "1\n3\n", "(not done)\n"));
        }

        @Test
        void ifPresentStoresOnlyWhereThereIsSomething() {
            assertThat(shell("set a 1 --if-present", "set a 2", "set a 3 --if-present", "get a"))
                    .isEqualTo(new Cli(0, "3\n", "(not done)\n"));
            assertThat(larder("set", "a", "1", "--if-present")).isEqualTo(new Cli(1, "", ""));
        }

        @Test
        void bothAtOnceAreRefused() {
            assertThat(larder("set", "a", "1", "--if-absent", "--if-present").refusal())
                    .contains("'--if-absent' and '--if-present' exclude each other");
        }
    }

    @Nested
    class Time {

        @Test
        void aTtlIsShownAndCanBeChanged() {
            assertThat(shell("set a 1 --ttl 1h", "entries", "expire a never", "entries")
                            .lines())
                    .containsExactly("a\t1\t1h\t", "a\t1\tnever\t");
        }

        @Test
        void expireByZeroRemoves() {
            assertThat(shell("set a 1", "expire a 0s", "exists a").lines()).containsExactly("false");
        }

        @Test
        void aTtlOfZeroIsGoneAtOnce() {
            assertThat(shell("set a 1 --ttl 0s", "exists a").lines()).containsExactly("false");
        }

        @Test
        void theUrlSetsTheDefault() {
            assertThat(larder(Map.of(), "set a 1\nentries\n", "--url", "memory:?ttl=2d", "shell")
                            .lines())
                    .containsExactly("a\t1\t2d\t");
        }
    }

    @Nested
    class Removing {

        @Test
        void delPrintsHowManyThereWere() {
            shell("set a 1", "set b 1", "del a b c").prints("2");
            assertThat(larder("del", "a")).isEqualTo(new Cli(1, "0\n", ""));
        }

        @Test
        void existsPrintsTrueOrFalse() {
            shell("set a 1", "exists a").prints("true");
            assertThat(larder("exists", "a")).isEqualTo(new Cli(1, "false\n", ""));
        }

        @Test
        void invalidateRemovesByTagOrByPattern() {
            shell(
                            "set a 1 --tag x --tag y",
                            "set b 2 --tag x",
                            "set user:1 3",
                            "set user:2 4",
                            "invalidate --tag x",
                            "invalidate --match user:*",
                            "invalidate --tag x",
                            "keys")
                    .prints("2", "2", "0");
        }

        @Test
        void clearAsksFirst() {
            assertThat(larder("clear").refusal())
                    .isEqualTo("larder: This would remove every entry of memory:. Type 'clear --yes' to do it."
                            + " Try 'larder clear --help'.");
            shell("set a 1", "clear --yes", "keys").prints();
        }
    }

    @Nested
    class Listing {

        @Test
        void keysMatchAGlobUpToALimit() {
            assertThat(shell("set a1 1", "set a2 1", "set b1 1", "keys").lines())
                    .containsExactlyInAnyOrder("a1", "a2", "b1");
            assertThat(shell("set a1 1", "set a2 1", "set b1 1", "keys a?").lines())
                    .containsExactlyInAnyOrder("a1", "a2");
            assertThat(shell("set a1 1", "set a2 1", "set b1 1", "keys [ab]* --limit 2")
                            .lines())
                    .hasSize(2);
        }

        @Test
        void entriesCanBeChosenByTagAndGlobTogether() {
            shell("set a1 1 --tag x", "set b1 {} --tag x --tag w", "set b2 1", "entries b* --tag x")
                    .prints("b1\t{}\tnever\tw,x");
        }

        @Test
        void everyEntryIsOneLineWhateverItHolds() {
            assertThat(larder(Map.of(), "a\n\tb", "--json", "set", "x", "-").exit())
                    .isZero();
            shell("set {\"k\"} 'v\tw' --tag 'p,q'", "entries").prints("{\"k\"}\t\"v\\tw\"\tnever\t\"p,q\"");
            shell("set 'a\tb' 1", "keys", "set '\"' 1", "keys *\"*").prints("\"a\\tb\"", "\"\\\"\"");
        }

        @Test
        void asJsonEveryEntryIsOneObject() {
            assertThat(shell("set a {\"n\":1} --tag x", "--json entries", "--json keys")
                            .lines())
                    .satisfiesExactly(
                            entry -> assertThat(entry)
                                    .matches("\\{\"key\":\"a\",\"value\":\\{\"n\":1},\"ttlMillis\":null,"
                                            + "\"ageMillis\":\\d+,\"tags\":\\[\"x\"],\"stale\":false}"),
                            key -> assertThat(key).isEqualTo("\"a\""));
        }

        @Test
        void findShowsTheMetadata() {
            assertThat(shell("set a hello --ttl 90s --tag y --tag x", "find a").lines())
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("key    a"),
                            line -> assertThat(line).isEqualTo("value  \"hello\""),
                            line -> assertThat(line).isEqualTo("ttl    1m30s"),
                            line -> assertThat(line).startsWith("age    "),
                            line -> assertThat(line).isEqualTo("tags   x,y"));
            assertThat(shell("set a 1", "--json find a").out()).startsWith("{\"key\":\"a\",\"value\":1,");
        }
    }

    @Nested
    class Counting {

        @Test
        void incrPrintsTheSum() {
            shell("incr a", "incr a --by 5", "get a", "incr b --by -1 --initial 10", "incr a --ttl 1s")
                    .prints("1", "6", "6", "9", "7");
            assertThat(shell("incr a --ttl 1h", "entries").lines()).containsExactly("1", "a\t1\t1h\t");
        }

        @Test
        void overflowIsRefusedAndChangesNothing() {
            Cli cli = shell("set a 9223372036854775807", "incr a", "get a");

            assertThat(cli.exit()).isEqualTo(2);
            assertThat(cli.out()).isEqualTo("9223372036854775807\n");
            assertThat(cli.err()).startsWith("larder: line 2: Counter 'a' would leave 64 bits when 1 is added.");
        }

        @Test
        void whatIsNoIntegerIsRefused() {
            Cli cli = shell("set a hello", "incr a", "get a");

            assertThat(cli.exit()).isEqualTo(2);
            assertThat(cli.out()).isEqualTo("hello\n");
            assertThat(cli.err()).startsWith("larder: line 2: Key 'a' of cache 'default' holds no integer");
        }
    }

    @Nested
    class Backends {

        @Test
        void pingPrintsTheAddressAndTheTime() {
            assertThat(larder("--url", "memory:?max=5", "ping").out()).matches("ok memory:\\?max=5 \\d+\\.\\d\\d ms\n");
            assertThat(larder("--json", "ping").out()).matches("\\{\"millis\":[0-9.E-]+,\"url\":\"memory:\"}\n");
        }

        @Test
        void healthPrintsWhatALookHasFound() {
            assertThat(larder("health").lines())
                    .contains("status           up", "problems         none", "url              memory:")
                    .anyMatch(line -> line.matches("roundTripMillis  [0-9.E-]+"));
            assertThat(larder("--json", "health").out())
                    .startsWith("{\"status\":\"up\",\"problems\":[],\"backends\":[{\"url\":\"memory:\",");
            assertThat(larder("--url", "none:", "health").lines()).contains("roundTripMillis  unknown");
        }

        @Test
        void statsPrintCounts() {
            assertThat(shell("set a 1", "get a", "get b", "del a", "stats").lines())
                    .contains("url           memory:", "entries       0", "hits          1", "misses        1")
                    .contains("puts          1", "removals      1", "errors        0", "processes     0");
            assertThat(shell("set a 1", "--json stats").out()).startsWith("{\"url\":\"memory:\",\"entries\":1,");
        }
    }
}
