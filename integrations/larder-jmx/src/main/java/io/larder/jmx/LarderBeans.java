package io.larder.jmx;

import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.Larder;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Registers a {@link Larder} and each of its caches, those opened later included, as MBeans, until it is closed. Thread-safe.
 *
 * <p>They are named {@code io.larder:type=Larder,larder="shop"} and {@code io.larder:type=Cache,larder="shop",cache="users"}.
 */
public final class LarderBeans {

    private final Larder larder;
    private final String name;
    private final MBeanServer server;

    private LarderBeans(Larder larder, String name, MBeanServer server) {
        this.larder = larder;
        this.name = name;
        this.server = server;
    }

    /**
     * Registers {@code larder} as {@code name} at {@code server}, which is mostly {@code ManagementFactory.getPlatformMBeanServer()}.
     *
     * @throws ConfigException when the name is taken
     */
    public static void register(Larder larder, String name, MBeanServer server) {
        LarderBeans beans = new LarderBeans(larder, name, server);
        beans.add(new LarderBean(larder), "type=Larder,larder=" + ObjectName.quote(name));
        larder.eachCache(beans::add);
    }

    private void add(Cache<?, ?> cache) {
        String scope = cache.scope().toString();
        add(new CacheBean(cache), "type=Cache,larder=" + ObjectName.quote(name) + ",cache=" + ObjectName.quote(scope));
    }

    private void add(Object bean, String properties) {
        try {
            ObjectName beanName = new ObjectName("io.larder:" + properties);
            server.registerMBean(bean, beanName);
            larder.onClose(() -> remove(beanName));
        } catch (InstanceAlreadyExistsException taken) {
            throw new ConfigException(
                    "An MBean 'io.larder:" + properties + "' is registered already. Give each Larder a name of its own",
                    taken);
        } catch (JMException refused) {
            throw new IllegalStateException("Cannot register 'io.larder:" + properties + "': " + refused, refused);
        }
    }

    private void remove(ObjectName beanName) {
        try {
            server.unregisterMBean(beanName);
        } catch (InstanceNotFoundException gone) {
            // Somebody else was here first.
        } catch (JMException refused) {
            throw new IllegalStateException("Cannot unregister '" + beanName + "': " + refused, refused);
        }
    }

    /** Answers for a Larder. */
    private record LarderBean(Larder larder) implements LarderMXBean {

        @Override
        public String getStatus() {
            return larder.health().status().name();
        }

        @Override
        public List<String> getProblems() {
            return larder.health().problems();
        }
    }
}
