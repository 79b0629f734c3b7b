package io.larder.memcached.client;

/** Takes what a {@link ReplyParser} has read, in the order the server sent it. */
interface ReplySink {

    /** Returns whether the next line answers a classic command, and is plain text. */
    boolean expectsText();

    /** Takes a complete meta reply. */
    void reply(MetaReply reply) throws MalformedReplyException;

    /** Takes a line of text, without its end. */
    void text(String line) throws MalformedReplyException;

    /** Takes an error line; any command may get one. */
    void error(ServerErrorException.Kind kind, String message) throws MalformedReplyException;
}
