package io.larder.memcached.client;

/** The server answered with an error line. */
public final class ServerErrorException extends MemcachedException {

    private static final long serialVersionUID = 1L;

    /** Whom the server blames. */
    public enum Kind {
        /** It does not know the command. */
        ERROR,
        /** The request was wrong. */
        CLIENT_ERROR,
        /** It could not do what it was asked, for lack of memory for example. */
        SERVER_ERROR
    }

    private final Kind kind;
    private final String said;

    ServerErrorException(String what, Kind kind, String said, Fate fate) {
        super(what + ": the server answered '" + (kind + " " + said).strip() + "'", fate, null);
        this.kind = kind;
        this.said = said;
    }

    /** Returns whom the server blames. */
    public Kind kind() {
        return kind;
    }

    /** Returns the server's own words. */
    public String said() {
        return said;
    }

    /** Returns whether the item is larger than the server takes ({@code -I}). */
    public boolean tooLarge() {
        return kind == Kind.SERVER_ERROR && said.startsWith("object too large");
    }
}
