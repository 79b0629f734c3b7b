package io.larder.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What loads and calls of a backend have in common. Confined to one thread at a time. */
@Category("Larder")
@StackTrace(false)
abstract class WorkEvent extends Event {

    @Label("Cache")
    @Nullable
    String cache;

    @Label("Keys")
    @Description("How many keys it concerns")
    int keys;

    @Label("Failure")
    @Description("The class of what it failed with, if it did")
    @Nullable
    String failure;
}
