package io.larder.opentelemetry;

import io.larder.url.CacheUrl;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of attributes: those of the semantic conventions, version 1.44, and Larder's own. */
final class SpanAttributes {

    static final AttributeKey<String> DB_COLLECTION_NAME = AttributeKey.stringKey("db.collection.name");
    static final AttributeKey<String> DB_OPERATION_NAME = AttributeKey.stringKey("db.operation.name");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> CACHE = AttributeKey.stringKey("larder.cache");
    static final AttributeKey<Long> KEYS = AttributeKey.longKey("larder.keys");

    private static final AttributeKey<String> DB_SYSTEM_NAME = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> DB_NAMESPACE = AttributeKey.stringKey("db.namespace");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");

    /** One host, with or without a port; of several, which one was asked is not known here. */
    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]+]|[^:,]+)(?::(\\d{1,5}))?");

    private SpanAttributes() {}

    /** Returns what an address tells about the server behind it. */
    static Attributes ofServer(String address) {
        CacheUrl url = CacheUrl.parse(address);
        AttributesBuilder server = Attributes.builder();
        String system = system(url.scheme());
        server.put(DB_SYSTEM_NAME, system);
        if (system.equals("redis") && url.path().matches("/\\d+")) {
            server.put(DB_NAMESPACE, url.path().substring(1));
        }
        Matcher host = HOST.matcher(url.hosts());
        if (host.matches()) {
            server.put(SERVER_ADDRESS, host.group(1).replaceAll("[\\[\\]]", ""));
            if (host.group(2) != null) {
                server.put(SERVER_PORT, Long.parseLong(host.group(2)));
            }
        }
        return server.build();
    }

    /** Returns the name that the conventions have for what a scheme stands for, else the scheme. */
    private static String system(String scheme) {
        if (scheme.startsWith("redis")) {
            return "redis";
        }
        if (scheme.startsWith("memcached")) {
            return "memcached";
        }
        return scheme.equals("disk") ? "sqlite" : scheme;
    }
}
