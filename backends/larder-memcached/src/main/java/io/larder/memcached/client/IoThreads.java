package io.larder.memcached.client;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads that read and write; many servers may share them. Thread-safe. Close it after the servers that use it. */
public final class IoThreads implements AutoCloseable {

    private final EventLoopGroup group;

    private IoThreads(EventLoopGroup group) {
        this.group = group;
    }

    /** Starts daemon threads named {@code <name>-1-1} and so on, when they are first needed. */
    public static IoThreads start(String name, int count) {
        return new IoThreads(new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory(name, true), NioIoHandler.newFactory()));
    }

    EventLoopGroup group() {
        return group;
    }

    /** Ends the threads, without waiting for them. */
    @Override
    public void close() {
        var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
