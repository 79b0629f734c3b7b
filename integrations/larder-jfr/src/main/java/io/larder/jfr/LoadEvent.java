package io.larder.jfr;

import jdk.jfr.Label;
import jdk.jfr.Name;

/** A loader was called. */
@Name("io.larder.Load")
@Label("Load")
final class LoadEvent extends WorkEvent {}
