/** Events of the JDK's Flight Recorder: start at {@link io.larder.jfr.FlightEvents}. */
@NullMarked
package io.larder.jfr;

import org.jspecify.annotations.NullMarked;
