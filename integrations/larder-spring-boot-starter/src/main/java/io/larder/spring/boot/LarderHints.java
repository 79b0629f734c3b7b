package io.larder.spring.boot;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.ReflectionUtils;

/** What a native image has to keep for Larder: the parts of Spring's keys, this package's records, and the proxies around connections. */
final class LarderHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        var parameters = ReflectionUtils.findField(SimpleKey.class, "params");
        if (parameters != null) {
            hints.reflection().registerField(parameters);
        }
        hints.reflection().registerType(CacheProperties.class, MemberCategory.INVOKE_DECLARED_METHODS);
        hints.proxies().registerJdkProxy(Connection.class);
        hints.proxies().registerJdkProxy(Statement.class);
        hints.proxies().registerJdkProxy(PreparedStatement.class);
        hints.proxies().registerJdkProxy(CallableStatement.class);
    }
}
