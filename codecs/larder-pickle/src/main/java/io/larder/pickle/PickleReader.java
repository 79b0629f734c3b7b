package io.larder.pickle;

import io.larder.CodecException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pickle, and returns what it makes: {@code null}, Boolean, Integer, Long, BigInteger, Double, String, byte[], ArrayList for a
 * list, an unmodifiable List for a tuple, LinkedHashMap, LinkedHashSet, and what {@link Globals} makes. Confined to one thread.
 *
 * <p>Beyond the bytes themselves it takes no more memory than a small multiple of them: each instruction makes one small thing, and what
 * copies is charged to a budget of as many bytes as there are.
 */
final class PickleReader {

    private static final int PROTOCOL_MAX = 5;

    private final PickleInput in;
    private final Budget budget;
    private final List<@Nullable Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Memo memo;

    private PickleReader(byte[] bytes) {
        this.in = new PickleInput(bytes);
        this.budget = new Budget(bytes.length);
        this.memo = new Memo(bytes.length);
    }

    static @Nullable Object read(byte[] bytes) {
        PickleReader reader = new PickleReader(bytes);
        int op = reader.in.unsigned1();
        while (op != Op.STOP) {
            reader.run(op);
            op = reader.in.unsigned1();
        }
        Object value = reader.popValue();
        if (!reader.stack.isEmpty() || !reader.marks.isEmpty() || reader.in.remaining() > 0) {
            throw new CodecException("something is left over", null);
        }
        Nesting.check(value);
        return value;
    }

    private void run(int op) {
        switch (op) {
            case Op.PROTO -> requireProtocol(in.unsigned1());
            case Op.FRAME -> requireFrame(in.signed8());
            case Op.MARK -> marks.add(stack.size());
            case Op.POP -> pop();
            case Op.POP_MARK -> popAllToMark();
            case Op.DUP -> push(peek());
            case Op.PUT -> memo.put(lineNumber(), peek());
            case Op.BINPUT -> memo.put(in.unsigned1(), peek());
            case Op.LONG_BINPUT -> memo.put(in.unsigned4(), peek());
            case Op.MEMOIZE -> memo.add(peek());
            case Op.GET -> push(memo.get(lineNumber()));
            case Op.BINGET -> push(memo.get(in.unsigned1()));
            case Op.LONG_BINGET -> push(memo.get(in.unsigned4()));
            case Op.GLOBAL -> push(Globals.find(in.line(), in.line()));
            case Op.STACK_GLOBAL -> {
                Object name = pop();
                push(Globals.find(pop(), name));
            }
            case Op.REDUCE, Op.NEWOBJ -> {
                Object arguments = pop();
                push(Globals.call(pop(), arguments, budget));
            }
            case Op.BUILD -> {
                Object state = popValue();
                push(Globals.build(pop(), state));
            }
            default -> {
                if (!runContainer(op)) {
                    push(scalar(op));
                }
            }
        }
    }

    private boolean runContainer(int op) {
        switch (op) {
            case Op.EMPTY_LIST -> push(new ArrayList<>());
            case Op.LIST -> push(popToMark());
            case Op.APPEND -> append(Collections.singletonList(popValue()));
            case Op.APPENDS -> append(popToMark());
            case Op.EMPTY_TUPLE -> push(List.of());
            case Op.TUPLE -> push(Globals.tuple(popAllToMark()));
            case Op.TUPLE1 -> pushTuple(1);
            case Op.TUPLE2 -> pushTuple(2);
            case Op.TUPLE3 -> pushTuple(3);
            case Op.EMPTY_DICT -> push(new LinkedHashMap<>());
            case Op.DICT -> {
                List<@Nullable Object> items = popToMark();
                push(new LinkedHashMap<>());
                putAll(items);
            }
            case Op.SETITEM -> {
                Object value = popValue();
                putAll(Arrays.asList(popValue(), value));
            }
            case Op.SETITEMS -> putAll(popToMark());
            case Op.EMPTY_SET -> push(new LinkedHashSet<>());
            case Op.ADDITEMS -> addItems(popToMark());
            case Op.FROZENSET -> push(Keys.frozenSet(popToMark(), budget));
            default -> {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object scalar(int op) {
        return switch (op) {
            case Op.NONE -> null;
            case Op.NEWTRUE -> true;
            case Op.NEWFALSE -> false;
            case Op.INT -> integer(in.line());
            case Op.LONG -> integer(in.line());
            case Op.FLOAT -> Numbers.decimalFloat(in.line());
            case Op.BININT -> in.signed4();
            case Op.BININT1 -> in.unsigned1();
            case Op.BININT2 -> in.unsigned2();
            case Op.LONG1 -> in.integer(in.unsigned1());
            case Op.LONG4 -> in.integer(in.signed4());
            case Op.BINFLOAT -> in.binaryFloat();
            case Op.STRING -> in.quoted();
            case Op.BINSTRING -> in.ascii(in.bytes(in.signed4()));
            case Op.SHORT_BINSTRING -> in.ascii(in.bytes(in.unsigned1()));
            case Op.UNICODE -> in.rawUnicode();
            case Op.BINUNICODE -> in.text(in.unsigned4());
            case Op.SHORT_BINUNICODE -> in.text(in.unsigned1());
            case Op.BINUNICODE8 -> in.text(in.signed8());
            case Op.BINBYTES -> in.bytes(in.unsigned4());
            case Op.SHORT_BINBYTES -> in.bytes(in.unsigned1());
            case Op.BINBYTES8, Op.BYTEARRAY8 -> in.bytes(in.signed8());
            default ->
                throw new CodecException(
                        "it says 0x" + Integer.toHexString(op)
                                + ", which stands for nothing in a pickle of plain types",
                        null);
        };
    }

    private static Object integer(String line) {
        return switch (line) {
            case "00" -> false;
            case "01" -> true;
            default -> Numbers.integer(line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
        };
    }

    private long lineNumber() {
        return Long.parseLong(in.line());
    }

    private static void requireProtocol(int protocol) {
        if (protocol > PROTOCOL_MAX) {
            throw new CodecException(
                    "it is of protocol " + protocol + ", and 0 to " + PROTOCOL_MAX + " are read", null);
        }
    }

    private void requireFrame(long sizeBytes) {
        if (sizeBytes < 0 || sizeBytes > in.remaining()) {
            throw new CodecException("a frame is cut off", null);
        }
    }

    private void push(@Nullable Object value) {
        stack.add(value);
    }

    /** Pops the items of a tuple, which come without a mark. */
    private void pushTuple(int size) {
        @Nullable Object[] items = new Object[size];
        for (int i = size - 1; i >= 0; i--) {
            items[i] = pop();
        }
        push(Globals.tuple(Arrays.asList(items)));
    }

    @SuppressWarnings("unchecked")
    private void append(List<@Nullable Object> items) {
        Object list = top("a list or deque", ArrayList.class, LinkedList.class);
        ((List<@Nullable Object>) list).addAll(items);
    }

    @SuppressWarnings("unchecked")
    private void addItems(List<@Nullable Object> items) {
        Keys.addAll((Set<@Nullable Object>) top("a set", LinkedHashSet.class), items, budget);
    }

    @SuppressWarnings("unchecked")
    private void putAll(List<@Nullable Object> items) {
        if (items.size() % 2 != 0) {
            throw new CodecException("a dict has a key without a value", null);
        }
        Map<@Nullable Object, @Nullable Object> dict =
                (Map<@Nullable Object, @Nullable Object>) top("a dict", LinkedHashMap.class);
        for (int i = 0; i < items.size(); i += 2) {
            dict.put(Keys.key(items.get(i), budget), items.get(i + 1));
        }
    }

    private Object top(String what, Class<?>... expected) {
        Object top = peek();
        if (top == null || !List.of(expected).contains(top.getClass())) {
            throw new CodecException("it adds to something that is not " + what, null);
        }
        return top;
    }

    private @Nullable Object peek() {
        requireItem();
        return stack.get(stack.size() - 1);
    }

    private @Nullable Object pop() {
        requireItem();
        return stack.remove(stack.size() - 1);
    }

    private void requireItem() {
        if (stack.size() <= (marks.isEmpty() ? 0 : marks.get(marks.size() - 1))) {
            throw new CodecException("it takes something that is not there", null);
        }
    }

    private @Nullable Object popValue() {
        return Globals.requireValue(pop());
    }

    private List<@Nullable Object> popToMark() {
        List<@Nullable Object> items = popAllToMark();
        items.forEach(Globals::requireValue);
        return items;
    }

    private List<@Nullable Object> popAllToMark() {
        if (marks.isEmpty()) {
            throw new CodecException("it goes back to a mark that is not there", null);
        }
        List<@Nullable Object> above = stack.subList(marks.remove(marks.size() - 1), stack.size());
        List<@Nullable Object> items = new ArrayList<>(above);
        above.clear();
        return items;
    }
}
