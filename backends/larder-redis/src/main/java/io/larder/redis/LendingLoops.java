package io.larder.redis;

import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.EpollProvider;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Makes one event loop for all connections of a client, which it lends to callers. Thread-safe. */
final class LendingLoops extends DefaultEventLoopGroupProvider {

    private volatile @Nullable LendingLoop loop;

    LendingLoops(io.lettuce.core.resource.ThreadFactoryProvider threads) {
        super(1, threads);
    }

    /** Returns whether the system has epoll; the wait of other systems' loops swallows interrupts, which are the caller's own. */
    static boolean areAvailable() {
        return EpollProvider.isAvailable();
    }

    /** Returns the loop; null before it is needed. */
    @Nullable
    LendingLoop loop() {
        return loop;
    }

    @Override
    protected <T extends EventLoopGroup> EventExecutorGroup doCreateEventLoopGroup(
            Class<T> type, int count, io.lettuce.core.resource.ThreadFactoryProvider threads) {
        return EpollProvider.getResources().matches(type)
                ? new Group(threads.getThreadFactory("lettuce-epollEventLoop"))
                : super.doCreateEventLoopGroup(type, count, threads);
    }

    private final class Group extends MultiThreadIoEventLoopGroup {

        Group(ThreadFactory threads) {
            super(1, threads, EpollIoHandler.newFactory());
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... more) {
            LendingLoop made = new LendingLoop(this, executor, handlers);
            loop = made;
            return made;
        }
    }
}
