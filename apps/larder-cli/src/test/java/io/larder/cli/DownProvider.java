package io.larder.cli;

import io.larder.BackendException;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.spi.Capability;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.Set;

/** A server that is down: {@code down:passing} may come back, {@code down:lasting} will not. */
public final class DownProvider implements BackendProvider {

    @Override
    public Set<String> schemes() {
        return Set.of("down");
    }

    @Override
    public ParameterSet parameters() {
        return ParameterSet.NONE;
    }

    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        String message = "Cannot reach down:" + url.path() + ". Start the server.";
        BackendException failure = url.path().equals("passing")
                ? BackendException.passing(message, null)
                : BackendException.lasting(message, null);
        return new Down(failure);
    }

    private record Down(BackendException failure) implements Backends.OfBytes {

        @Override
        @SuppressWarnings("unchecked")
        public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
            return (Backend<String, byte[]>) Proxy.newProxyInstance(
                    Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (proxy, method, args) -> {
                        if (method.getName().equals("capabilities")) {
                            Set<Capability> all = EnumSet.allOf(Capability.class);
                            all.remove(Capability.LOCAL);
                            return all;
                        }
                        if (Set.of("close", "getNow", "watch").contains(method.getName())) {
                            return null;
                        }
                        return method.getReturnType() == Pages.class
                                ? (Pages<?>) () -> Reply.failed(failure)
                                : Reply.failed(failure);
                    });
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
