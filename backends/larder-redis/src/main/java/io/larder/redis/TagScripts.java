package io.larder.redis;

import static io.larder.redis.ScriptCall.bytes;

import io.larder.Clock;
import io.larder.CodecException;
import io.larder.codec.KeyBytes;
import io.larder.peer.PeerLayout;
import io.larder.peer.PeerTags;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The sets of tags of a Python cache, changed by scripts together with their entries. Thread-safe.
 *
 * <p>Where the layout tells an entry's tags, a member of a set whose entry does not carry the tag any more is passed over: it expired, and
 * was put again without it. A set is kept for as long as any of its members, and its time is never made shorter.
 */
final class TagScripts implements PeerTags {

    /** What all scripts begin with: prefixes of the sets of tags, of entries by their members, and of the sets of an entry's tags, if any. */
    private static final String HEAD = """
            local sets, names, owns = ARGV[1], ARGV[2], ARGV[3]
            local function carries(member, tag)
              return owns == '' or redis.call('SISMEMBER', owns .. member, tag) == 1
            end
            local function untag(member)
              if owns ~= '' then
                for _, tag in ipairs(redis.call('SMEMBERS', owns .. member)) do
                  redis.call('SREM', sets .. tag, member)
                end
                redis.call('DEL', owns .. member)
              end
            end
            """;

    private static final byte[] PUT = bytes(HEAD + """
            local member, value, keep, mode = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
            local there = redis.call('EXISTS', names .. member) == 1
            if (mode == 'IF_ABSENT' and there) or (mode == 'IF_PRESENT' and not there) then return 0 end
            untag(member)
            if keep == '' then
              redis.call('SET', names .. member, value)
            else
              redis.call('SET', names .. member, value, 'PX', keep)
            end
            for i = 8, #ARGV do
              local set = sets .. ARGV[i]
              local left = redis.call('PTTL', set)
              redis.call('SADD', set, member)
              if owns ~= '' then
                redis.call('SADD', owns .. member, ARGV[i])
                if keep ~= '' then redis.call('PEXPIRE', owns .. member, keep) end
              elseif keep == '' then
                redis.call('PERSIST', set)
              elseif left ~= -1 and left < keep + 60000 then
                redis.call('PEXPIRE', set, keep + 60000)
              end
            end
            return 1
            """);

    private static final byte[] REMOVE = bytes(HEAD + "untag(ARGV[4]) return redis.call('DEL', names .. ARGV[4])");

    private static final byte[] EXPIRE = bytes(HEAD + """
            local member, keep = ARGV[4], ARGV[5]
            if redis.call('EXISTS', names .. member) == 0 then return 0 end
            for _, each in ipairs({names .. member, owns .. member}) do
              if keep == '' then redis.call('PERSIST', each) else redis.call('PEXPIRE', each, keep) end
            end
            return 1
            """);

    private static final byte[] MEMBERS = bytes(HEAD + """
            local live = {}
            for _, member in ipairs(redis.call('SMEMBERS', sets .. ARGV[4])) do
              if carries(member, ARGV[4]) then live[#live + 1] = member end
            end
            return live
            """);

    /** Removes nothing but what begins as entries do, whatever somebody has put into a set. */
    private static final byte[] INVALIDATE = bytes(HEAD + """
            local tag, prefix, removed = ARGV[4], ARGV[5], 0
            for _, member in ipairs(redis.call('SMEMBERS', sets .. tag)) do
              local name = names .. member
              if carries(member, tag) and string.sub(name, 1, #prefix) == prefix then
                untag(member)
                removed = removed + redis.call('DEL', name)
              end
            end
            redis.call('DEL', sets .. tag)
            return removed
            """);

    private final Calls calls;
    private final PeerLayout layout;
    private final Clock clock;

    TagScripts(Calls calls, PeerLayout layout, Clock clock) {
        this.calls = calls;
        this.layout = layout;
        this.clock = clock;
    }

    @Override
    public Reply<Boolean> put(String key, byte[] value, Lifetime lifetime, PutMode mode, Set<String> tags) {
        List<byte[]> arguments = new ArrayList<>(List.of(member(key), value, keep(lifetime), bytes(mode.name())));
        tags.forEach(tag -> arguments.add(KeyBytes.encode(tag)));
        return number(PUT, arguments).map(done -> done > 0);
    }

    @Override
    public Reply<Boolean> remove(String key) {
        return number(REMOVE, List.of(member(key))).map(removed -> removed > 0);
    }

    @Override
    public Reply<Boolean> expire(String key, Lifetime lifetime) {
        return number(EXPIRE, List.of(member(key), keep(lifetime))).map(done -> done > 0);
    }

    @Override
    public Reply<Set<String>> of(String key) {
        String own = layout.tagsOf(key);
        return own == null
                ? Reply.ready(Set.of())
                : calls.lead(0, commands -> commands.smembers(KeyBytes.encode(own)))
                        .map(tags -> new HashSet<>(decoded(tags)));
    }

    @Override
    public Reply<List<String>> keys(String tag) {
        return this.<List<byte[]>>run(MEMBERS, ScriptOutputType.MULTI, List.of(KeyBytes.encode(tag)))
                .map(members -> decoded(members).stream()
                        .map(layout::keyOfMember)
                        .filter(key -> key != null)
                        .toList());
    }

    @Override
    public Reply<Long> invalidate(String tag) {
        return number(INVALIDATE, List.of(KeyBytes.encode(tag), KeyBytes.encode(layout.prefix())));
    }

    private Reply<Long> number(byte[] script, List<byte[]> arguments) {
        return run(script, ScriptOutputType.INTEGER, arguments);
    }

    private <T> Reply<T> run(byte[] script, ScriptOutputType output, List<byte[]> arguments) {
        List<byte[]> all = new ArrayList<>();
        List.of(layout.tagPrefix(), layout.memberPrefix(), layout.tagsOfPrefix())
                .forEach(prefix -> all.add(KeyBytes.encode(prefix)));
        all.addAll(arguments);
        return calls.lead(0, commands -> eval(commands, script, output, all.toArray(byte[][]::new)));
    }

    private static <T> CompletionStage<T> eval(
            RedisScriptingAsyncCommands<byte[], byte[]> commands,
            byte[] script,
            ScriptOutputType output,
            byte[][] arguments) {
        return commands.eval(script, output, new byte[0][], arguments);
    }

    private byte[] member(String key) {
        return KeyBytes.encode(layout.member(key));
    }

    private static List<String> decoded(Collection<byte[]> texts) {
        List<String> decoded = new ArrayList<>();
        for (byte[] text : texts) {
            try {
                decoded.add(KeyBytes.decode(text));
            } catch (CodecException notText) {
                // Nothing of ours is called so.
            }
        }
        return decoded;
    }

    private byte[] keep(Lifetime lifetime) {
        long keepMillis = PeerCommands.keepMillis(lifetime, clock);
        return keepMillis < 0 ? new byte[0] : bytes(keepMillis);
    }
}
