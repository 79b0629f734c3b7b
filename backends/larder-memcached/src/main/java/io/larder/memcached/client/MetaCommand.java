package io.larder.memcached.client;

/** A command of the meta protocol: which flags it takes, what may be answered, and what silence means. */
enum MetaCommand {
    GET("mg", "cfhkstluvENRT", ReplyStatus.HD, ReplyStatus.VA, ReplyStatus.EN),
    SET("ms", "cksCEFIMNT", ReplyStatus.HD, ReplyStatus.NS, ReplyStatus.EX, ReplyStatus.NF),
    DELETE("md", "kxCEIT", ReplyStatus.HD, ReplyStatus.NF, ReplyStatus.EX),
    ARITHMETIC("ma", "cktvCDEJMNT", ReplyStatus.HD, ReplyStatus.VA, ReplyStatus.NF, ReplyStatus.NS, ReplyStatus.EX),
    DEBUG("me", "", ReplyStatus.ME, ReplyStatus.EN),
    NOOP("mn", "", ReplyStatus.MN);

    /** Flags with which a get creates an item, claims it or prolongs its life. */
    private static final long CHANGING = MetaFlags.bits("ENRT");

    final String code;
    private final long flags;
    /** A bit for each status that may be answered. */
    private final int statuses;

    MetaCommand(String code, String flags, ReplyStatus... statuses) {
        this.code = code;
        this.flags = MetaFlags.bits(flags);
        int bits = 0;
        for (ReplyStatus status : statuses) {
            bits |= status.bit;
        }
        this.statuses = bits;
    }

    /** Returns whether these flags may be sent with the command. */
    boolean takes(MetaFlags wanted) {
        return (wanted.letters() & ~flags) == 0;
    }

    /** Returns whether the command, sent with these flags, leaves the item as it is. */
    boolean onlyReads(MetaFlags sent) {
        return this == GET && (sent.letters() & CHANGING) == 0;
    }

    /** Returns whether this answers the command when sent with these flags. */
    boolean answeredBy(MetaReply reply, MetaFlags sent) {
        return (statuses & reply.status().bit) != 0
                && (reply.status() != ReplyStatus.VA || sent.has('v'))
                && (reply.status() != ReplyStatus.HD || !sent.has('v'));
    }

    /** Returns what it means that the server says nothing about a quiet request. */
    MetaReply silence() {
        return this == GET ? MetaReply.MISS : MetaReply.DONE;
    }

    /** Returns whether opaques and quiet mode work with it; debug and no-op know neither. */
    boolean carriesOpaque() {
        return this != DEBUG && this != NOOP;
    }

    /** Returns the command as it is sent. */
    @Override
    public String toString() {
        return code;
    }
}
