package io.larder.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is held back while a handler writes it. Status and headers go to the real response at once, which does not send them
 * before there is a body. Confined to the request's thread until it lets through.
 *
 * <p>It lets through, for good, what is larger than the limit, events, errors that the container has a page for, and what another thread goes
 * on with.
 */
final class HeldResponse extends HttpServletResponseWrapper {

    /** What belongs to a connection, or is made anew for each response. */
    private static final Set<String> OF_ONE_MESSAGE = Set.of(
            "age",
            "connection",
            "content-length",
            "content-type",
            "date",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final HttpServletRequest request;
    private final int bytesMax;
    private final Runnable onThrough;
    private final Map<String, List<String>> before;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean through;
    private boolean dropped;
    private @Nullable PrintWriter writer;
    private @Nullable String writerEncoding;
    private @Nullable ServletOutputStream stream;

    /** Runs {@code onThrough} when the response is not held any longer, once. */
    HeldResponse(HttpServletRequest request, HttpServletResponse response, int bytesMax, Runnable onThrough) {
        super(response);
        this.request = request;
        this.bytesMax = bytesMax;
        this.onThrough = onThrough;
        this.before = allHeaders();
    }

    /** Returns what the handler has made, with an ETag, or null when it went through. */
    @Nullable
    StoredResponse made(Set<String> vary) {
        if (writer != null) {
            writer.flush();
        }
        if (through || (isCommitted() && getHeader("Location") == null)) {
            letThrough();
            return null;
        }
        if (writerEncoding != null) {
            // A content type that was set after the first character does not change how it was written.
            setCharacterEncoding(writerEncoding);
        }
        byte[] body = held.toByteArray();
        Map<String, List<String>> headers = allHeaders();
        headers.entrySet().removeIf(header -> header.getValue().equals(before.get(header.getKey())));
        headers.keySet().removeIf(name -> OF_ONE_MESSAGE.contains(name.toLowerCase(Locale.ROOT)));
        if (getContentType() != null) {
            headers.put("Content-Type", List.of(getContentType()));
        }
        if (getStatus() / 100 == 2 && getStatus() != SC_NO_CONTENT) {
            headers.computeIfAbsent("ETag", name -> List.of('"' + Digest.of(body) + '"'));
        }
        addVary(headers, vary);
        return new StoredResponse(getStatus(), headers, body, WallClock.millis());
    }

    private static void addVary(Map<String, List<String>> headers, Set<String> vary) {
        List<String> said = headers.getOrDefault("Vary", List.of());
        Set<String> known = StoredResponse.names(said);
        List<String> all = new ArrayList<>(said);
        vary.stream().filter(name -> !known.contains(name)).forEach(all::add);
        if (all.size() > said.size()) {
            headers.put("Vary", all);
        }
    }

    private Map<String, List<String>> allHeaders() {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        getHeaderNames().forEach(name -> headers.put(name, List.copyOf(getHeaders(name))));
        return headers;
    }

    /** Sends what is held, and what comes, without keeping it. */
    void letThrough() {
        if (through) {
            return;
        }
        through = true;
        onThrough.run();
        if (dropped) {
            setStatus(SC_NOT_MODIFIED);
        } else if (held.size() > 0) {
            try {
                held.writeTo(getResponse().getOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        held.reset();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = through && writer == null ? super.getOutputStream() : new HeldStream();
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            if (through) {
                return super.getWriter();
            }
            writerEncoding = getCharacterEncoding();
            setCharacterEncoding(writerEncoding);
            writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), writerEncoding));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (through) {
            super.flushBuffer();
        }
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        forget();
    }

    @Override
    public void reset() {
        super.reset();
        forget();
    }

    private void forget() {
        held.reset();
        writer = null;
        writerEncoding = null;
        stream = null;
    }

    @Override
    public void sendError(int status) throws IOException {
        forget();
        letThrough();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        forget();
        letThrough();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        forget();
        super.sendRedirect(location);
    }

    private boolean hasRoomFor(int bytes) {
        String type = getContentType();
        boolean isEvents = type != null && type.startsWith("text/event-stream");
        return !isEvents && bytes <= bytesMax - held.size();
    }

    private final class HeldStream extends ServletOutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!through && !hasRoomFor(length)) {
                dropped = Preconditions.isNotModified(
                        request, getStatus(), getHeader("ETag"), getHeader("Last-Modified"));
                letThrough();
            }
            if (!through) {
                held.write(bytes, offset, length);
            } else if (!dropped) {
                getResponse().getOutputStream().write(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (through && !dropped) {
                getResponse().getOutputStream().flush();
            }
        }

        @Override
        public boolean isReady() {
            return !through || real().isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            if (!through) {
                throw new IllegalStateException("A WriteListener needs a request that is asynchronous, this is not");
            }
            real().setWriteListener(listener);
        }

        private ServletOutputStream real() {
            try {
                return getResponse().getOutputStream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
