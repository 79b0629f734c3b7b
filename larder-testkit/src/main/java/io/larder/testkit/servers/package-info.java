/**
 * Real servers for tests: each one a process on 127.0.0.1, with a free port and a temporary folder of its own.
 *
 * <p>Start with {@link io.larder.testkit.servers.RedisServer} or {@link io.larder.testkit.servers.MemcachedServer}: start it
 * before a class's tests, close it after them.
 */
@NullMarked
package io.larder.testkit.servers;

import org.jspecify.annotations.NullMarked;
