package io.larder.jcache;

import java.lang.management.ManagementFactory;
import java.net.URI;
import javax.cache.CacheException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The beans of one cache on the platform's MBean server, under the names that JSR-107 gives them. Thread-safe. */
final class Management {

    private final ObjectName statistics;
    private final ObjectName configuration;

    Management(URI manager, String cache) {
        this.statistics = name("CacheStatistics", manager, cache);
        this.configuration = name("CacheConfiguration", manager, cache);
    }

    void showStatistics(boolean shown, Object bean) {
        show(statistics, shown, bean);
    }

    void showConfiguration(boolean shown, Object bean) {
        show(configuration, shown, bean);
    }

    private static void show(ObjectName name, boolean shown, Object bean) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            if (shown != server.isRegistered(name)) {
                if (shown) {
                    server.registerMBean(bean, name);
                } else {
                    server.unregisterMBean(name);
                }
            }
        } catch (JMException e) {
            throw new CacheException("Cannot " + (shown ? "register" : "unregister") + " the bean '" + name + "'", e);
        }
    }

    private static ObjectName name(String type, URI manager, String cache) {
        String name =
                "javax.cache:type=" + type + ",CacheManager=" + clean(manager.toString()) + ",Cache=" + clean(cache);
        try {
            return new ObjectName(name);
        } catch (JMException e) {
            throw new CacheException("Cannot name a bean '" + name + "'", e);
        }
    }

    /** The first four are the standard's; the others would make a pattern of the name, or a quotation. */
    private static String clean(String part) {
        return part.replaceAll("[,:=\n*?\"]", ".");
    }
}
