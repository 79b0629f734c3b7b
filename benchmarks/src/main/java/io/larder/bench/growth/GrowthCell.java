package io.larder.bench.growth;

/** What is measured, at which size. */
record GrowthCell(Curve curve, long size) {}
