package io.larder.jfr;

import io.larder.CacheWork;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A backend outside this process was called. */
@Name("io.larder.Call")
@Label("Call of a Backend")
final class CallEvent extends WorkEvent {

    @Label("Address")
    final String address;

    @Label("Operation")
    final String operation;

    CallEvent(CacheWork.Call call) {
        this.address = call.address();
        this.operation = call.operation();
    }
}
