package io.larder.bench.codecs;

/** What every peer does, each a method of {@link CodecBenchmark}. */
enum CodecCall {
    ENCODE("encode", "Encode"),
    DECODE("decode", "Decode");

    private final String method;
    private final String label;

    CodecCall(String method, String label) {
        this.method = method;
        this.label = label;
    }

    String method() {
        return method;
    }

    String label() {
        return label;
    }
}
