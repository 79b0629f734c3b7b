package io.larder.cli;

import io.larder.CodecException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as plain objects: maps in their order, lists, strings, exact numbers, booleans, null.
 *
 * <p>Jackson's tokens alone: its databind takes longer to load than most commands run.
 */
final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** Returns what {@code text} means as JSON; the text itself when it is none. */
    static @Nullable Object valueOf(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return text;
            }
            Object value = read(parser, first);
            return parser.nextToken() == null ? value : text;
        } catch (JacksonException notJson) {
            return text;
        }
    }

    /** Returns what stored JSON means; fails as a codec does, without a word of the value. */
    static Object read(byte[] stored) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), stored)) {
            JsonToken first = parser.nextToken();
            Object value = first == null ? null : read(parser, first);
            if (value != null && parser.nextToken() == null) {
                return value;
            }
        } catch (JacksonException notJson) {
            // Its message would quote the value.
        }
        throw new CodecException(
                "Cannot read " + stored.length + " bytes as JSON: they are none, or more than one value", null);
    }

    private static @Nullable Object read(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> number(parser.getDecimalValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("Unexpected " + token);
        };
    }

    /** Returns a double where that has the same digits, which more codecs and languages have than decimals. */
    private static Number number(BigDecimal digits) {
        double value = digits.doubleValue();
        return Double.toString(value).equals(digits.toString()) ? (Number) value : digits;
    }

    private static Map<String, @Nullable Object> readObject(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            object.put(name, read(parser, parser.nextToken()));
        }
        return object;
    }

    private static List<@Nullable Object> readArray(JsonParser parser) {
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(read(parser, token));
        }
        return array;
    }

    /** Returns {@code value} as JSON on one line; what JSON has no type for is written as a string. */
    static String write(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(value, generator);
        } catch (JacksonException e) {
            throw new CodecException(
                    "Cannot write a value as JSON: " + e.getClass().getSimpleName(), null);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator generator) {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            object.forEach((name, field) -> {
                generator.writeName(String.valueOf(name));
                write(field, generator);
            });
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> array) {
            generator.writeStartArray();
            array.forEach(element -> write(element, generator));
            generator.writeEndArray();
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Number number && isJson(number)) {
            generator.writeNumber(number.toString());
        } else if (value instanceof byte[] bytes) {
            generator.writeBinary(bytes);
        } else {
            generator.writeString(value.toString());
        }
    }

    private static boolean isJson(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }
}
