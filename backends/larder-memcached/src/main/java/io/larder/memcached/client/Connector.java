package io.larder.memcached.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes connections that are ready for calls: with TLS, logged in, and sure that a server of the right age answers. Thread-safe. */
final class Connector {

    private final ServerAddress address;
    private final ClientSettings settings;
    private final IoThreads threads;
    private final LongSupplier nanos;

    Connector(ServerAddress address, ClientSettings settings, IoThreads threads, LongSupplier nanos) {
        this.address = address;
        this.settings = settings;
        this.threads = threads;
        this.nanos = nanos;
    }

    /** Makes one; the future fails with what went wrong, as the cause of an {@link UnreachableException} to come. */
    CompletableFuture<Pipeline> connect(long incarnation) {
        CompletableFuture<Pipeline> ready = new CompletableFuture<>();
        SocketChannel socket;
        try {
            socket = address instanceof ServerAddress.Unix
                    ? SocketChannel.open(StandardProtocolFamily.UNIX)
                    : SocketChannel.open();
        } catch (IOException noSocket) {
            return CompletableFuture.failedFuture(noSocket);
        }
        Bootstrap bootstrap =
                new Bootstrap().group(threads.group()).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) millis());
        if (address instanceof ServerAddress.Unix) {
            bootstrap.channelFactory(() -> new NioDomainSocketChannel(socket));
        } else {
            bootstrap
                    .channelFactory(() -> new NioSocketChannel(socket))
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, true);
        }
        bootstrap.handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                SslHandler tls = tls(channel);
                Pipeline pipeline = new Pipeline(
                        address.toString(), incarnation, settings, nanos, channel, tls == null ? socket : null);
                if (tls != null) {
                    channel.pipeline().addLast(tls);
                }
                channel.pipeline().addLast("memcached", pipeline);
            }
        });
        ChannelFuture connecting = bootstrap.connect(address.resolve());
        connecting.addListener(connected -> {
            if (connected.isSuccess()) {
                secure(connecting.channel(), ready);
            } else {
                ready.completeExceptionally(connected.cause());
            }
        });
        return ready;
    }

    private @Nullable SslHandler tls(Channel channel) {
        SslContext context = settings.tls();
        if (context == null) {
            return null;
        }
        // The peer's name is what Netty checks the certificate against. The port only finds a session to resume, which
        // a memcached that asks for certificates refuses; so it is another one each time.
        SslHandler handler = address instanceof ServerAddress.Tcp tcp
                ? context.newHandler(
                        channel.alloc(), tcp.host(), ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE))
                : context.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(millis());
        return handler;
    }

    private void secure(Channel channel, CompletableFuture<Pipeline> ready) {
        var limit = channel.eventLoop()
                .schedule(
                        () -> {
                            ready.completeExceptionally(
                                    new IllegalStateException("no greeting within " + millis() + " ms"));
                            var unusedClose = channel.close();
                        },
                        millis(),
                        TimeUnit.MILLISECONDS);
        var unused = ready.whenComplete((pipeline, failure) -> {
            limit.cancel(false);
            if (failure != null) {
                var unusedClose = channel.close();
            }
        });
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            greet(channel, ready);
            return;
        }
        tls.handshakeFuture().addListener(secured -> {
            if (secured.isSuccess()) {
                greet(channel, ready);
            } else {
                ready.completeExceptionally(secured.cause());
            }
        });
    }

    private void greet(Channel channel, CompletableFuture<Pipeline> ready) {
        Pipeline pipeline = channel.pipeline().get(Pipeline.class);
        if (pipeline == null) {
            ready.completeExceptionally(new IllegalStateException("the connection ended at once"));
            return;
        }
        var unused = Greeting.exchange(pipeline, address.toString(), settings.credentials())
                .whenComplete((version, failure) -> {
                    if (failure == null) {
                        ready.complete(pipeline);
                    } else {
                        ready.completeExceptionally(failure);
                    }
                });
    }

    private long millis() {
        return Math.min(settings.connectTimeout().toMillis(), Integer.MAX_VALUE);
    }
}
