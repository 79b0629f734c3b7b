package io.larder.bench.codecs;

/** What is done, with a value of about which size. */
record CodecCell(CodecCall call, int valueBytes) {}
