package io.larder.memcached.client;

/** Something arrived that is no reply, or none to what was asked; carries what, for the calls that fail with it. */
final class MalformedReplyException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Takes the end of a sentence that begins with "A reply". */
    MalformedReplyException(String what) {
        super("A reply " + what);
    }
}
