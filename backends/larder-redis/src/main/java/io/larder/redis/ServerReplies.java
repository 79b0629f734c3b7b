package io.larder.redis;

import io.larder.BackendException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the error replies of a server mean to somebody who did not send the command. */
final class ServerReplies {

    /** Values and keys that a server echoes, which have no place in a message. */
    private static final Pattern ECHO = Pattern.compile(",? with args beginning with.*", Pattern.DOTALL);

    /** What a reply starts with, whether it may pass by itself, what happened, and what to do. */
    private record Meaning(String start, boolean passes, String said, String advice) {}

    private static final Meaning NO_SENTINEL =
            new Meaning("ERR unknown command 'SENTINEL'", false, "is no sentinel, it holds data itself", "Use redis:");

    private static final List<Meaning> MEANINGS = List.of(
            new Meaning(
                    "WRONGPASS",
                    false,
                    "refused the login",
                    "Check user and password: 'user:password@' for an ACL user, ':password@' for the default one"),
            new Meaning("ERR invalid password", false, "refused the login", "Check the password: ':password@'"),
            new Meaning(
                    "ERR AUTH",
                    false,
                    "refused the login",
                    "It has no password for the default user: leave the password out, or name the user"),
            new Meaning(
                    "NOAUTH",
                    false,
                    "wants a login",
                    "Add one: 'user:password@', or ':password@' for the default user"),
            new Meaning(
                    "NOPERM",
                    false,
                    "does not permit the user what Larder needs",
                    "Grant what the README of larder-redis lists under 'Permissions'"),
            new Meaning(
                    "DENIED",
                    false,
                    "runs in protected mode and answers its own machine alone",
                    "Give it a password, or a 'bind' and 'protected-mode no'"),
            new Meaning(
                    "ERR DB index",
                    false,
                    "does not have the database",
                    "Name one below its 'databases', 16 unless set; a service in the cloud may have 0 alone"),
            new Meaning("ERR SELECT is not allowed", false, "is a node of a Redis Cluster", "Use redis+cluster:"),
            new Meaning("ERR This instance has cluster support disabled", false, "is no Redis Cluster", "Use redis:"),
            NO_SENTINEL,
            new Meaning(
                    "ERR unknown command",
                    false,
                    "does not know a command",
                    "Larder needs Redis 6.2 or later with EVALSHA, or another server that speaks like it"),
            new Meaning(
                    "READONLY",
                    true,
                    "is a replica and takes no writes",
                    "After a fail-over this passes; else name the leader, or use redis+sentinel:"),
            new Meaning(
                    "ERR WAIT cannot be used with replica",
                    true,
                    "is a replica now and cannot confirm what it wrote as a leader",
                    "After a fail-over this passes; the write may be lost"),
            new Meaning("LOADING", true, "still loads its data", "Wait until it has"),
            new Meaning("MASTERDOWN", true, "has lost its leader and serves nothing old", "Look at the leader"),
            new Meaning(
                    "CLUSTERDOWN",
                    true,
                    "does not serve the slot of the key",
                    "Look at CLUSTER INFO on any of its nodes"),
            new Meaning("TRYAGAIN", true, "moves the slot of the key", "Try again"),
            new Meaning("MOVED", true, "moved the slot of the key again and again", "Look at CLUSTER NODES"),
            new Meaning("ASK", true, "moves the slot of the key", "Try again"),
            new Meaning(
                    "OOM",
                    false,
                    "is full: it has reached 'maxmemory' and may evict nothing",
                    "Raise 'maxmemory', or set a 'maxmemory-policy' that evicts"),
            new Meaning(
                    "NOREPLICAS",
                    true,
                    "has too few replicas to take writes",
                    "Look at the replicas, or lower 'min-replicas-to-write'"),
            new Meaning(
                    "MISCONF",
                    false,
                    "takes no writes, because it cannot save to its disk",
                    "Look at its log and disk"),
            new Meaning("BUSY", true, "is busy with a script of somebody else", "Look at SLOWLOG, or use SCRIPT KILL"),
            new Meaning(
                    "ERR max number of clients",
                    true,
                    "has as many clients as it allows",
                    "Raise 'maxclients', or close clients that leak"));

    private ServerReplies() {}

    /** Returns what the reply means, or null if it is none that has a meaning of its own. */
    static @Nullable BackendException explain(RedisAddress address, String name, String reply, Throwable cause) {
        String told = withoutEcho(reply);
        if (address.kind() != RedisAddress.Kind.CLUSTER
                && (told.startsWith("MOVED") || told.startsWith("ASK ") || told.startsWith("CROSSSLOT"))) {
            return BackendException.lasting(
                    name + " is a node of a Redis Cluster ('" + told + "'). Use redis+cluster:", cause);
        }
        for (Meaning meaning : MEANINGS) {
            if (told.startsWith(meaning.start())) {
                String who = meaning.equals(NO_SENTINEL) ? "Redis at " + address.places() : name;
                String message = who + " " + meaning.said() + " ('" + told + "'). " + meaning.advice();
                return meaning.passes()
                        ? BackendException.passing(message, cause)
                        : BackendException.lasting(message, cause);
            }
        }
        return null;
    }

    static String withoutEcho(String reply) {
        return ECHO.matcher(reply).replaceFirst("").strip();
    }
}
