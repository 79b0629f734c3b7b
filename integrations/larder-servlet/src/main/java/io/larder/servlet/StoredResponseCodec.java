package io.larder.servlet;

import io.larder.CodecException;
import io.larder.spi.Codec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Responses as bytes. Has no state.
 *
 * <pre>
 * 1 byte   the number 1, which says that what follows is this format
 * 2 bytes  status, big end first, like all numbers here
 * 8 bytes  when it was made, in milliseconds since the Unix epoch
 * 2 bytes  how many header values there are, and for each of them name and value:
 *   4 bytes  length
 *   length   UTF-8
 * rest     the body
 * </pre>
 */
public final class StoredResponseCodec implements Codec<StoredResponse, byte[]> {

    private static final byte FORMAT = 1;
    private static final int HEAD_BYTES = 1 + Short.BYTES + Long.BYTES + Short.BYTES;
    private static final int VALUES_MAX = 0xFFFF;

    /** Makes one. */
    public StoredResponseCodec() {}

    @Override
    public byte[] encode(StoredResponse response) {
        List<byte[]> texts = new ArrayList<>();
        for (String name : response.headerNames()) {
            for (String value : response.headers(name)) {
                texts.add(name.getBytes(StandardCharsets.UTF_8));
                texts.add(value.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (texts.size() / 2 > VALUES_MAX) {
            throw new CodecException(
                    "A response has " + texts.size() / 2 + " header values, at most " + VALUES_MAX + " can be written",
                    null);
        }
        int textBytes =
                texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
        ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + textBytes + response.bytes().length);
        out.put(FORMAT).putShort((short) response.status()).putLong(response.madeAtMillis());
        out.putShort((short) (texts.size() / 2));
        texts.forEach(text -> out.putInt(text.length).put(text));
        return out.put(response.bytes()).array();
    }

    @Override
    public StoredResponse decode(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        try {
            byte format = in.get();
            if (format != FORMAT) {
                throw new CodecException("A response is in format " + format + ", only " + FORMAT + " is known", null);
            }
            int status = Short.toUnsignedInt(in.getShort());
            long madeAtMillis = in.getLong();
            Map<String, List<String>> headers = new HashMap<>();
            for (int values = Short.toUnsignedInt(in.getShort()); values > 0; values--) {
                headers.computeIfAbsent(text(in), name -> new ArrayList<>()).add(text(in));
            }
            byte[] body = new byte[in.remaining()];
            in.get(body);
            return new StoredResponse(status, headers, body, madeAtMillis);
        } catch (BufferUnderflowException e) {
            throw new CodecException("A response of " + encoded.length + " bytes is cut off", e);
        }
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new CodecException(
                    "A response has a text of " + length + " bytes where " + in.remaining() + " are left", null);
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
