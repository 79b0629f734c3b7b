package io.larder.jcache;

import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;

/** Makes MBean servers that the TCK finds by the id that it asks for. Public, and named by a system property, for JMX to make it. */
public final class TckServerBuilder extends MBeanServerBuilder {

    @Override
    public MBeanServer newMBeanServer(String domain, MBeanServer outer, MBeanServerDelegate delegate) {
        return super.newMBeanServer(domain, outer, new NamedDelegate(delegate));
    }

    private static final class NamedDelegate extends MBeanServerDelegate {

        private final MBeanServerDelegate delegate;

        NamedDelegate(MBeanServerDelegate delegate) {
            this.delegate = delegate;
        }

        @Override
        public synchronized String getMBeanServerId() {
            return System.getProperty("org.jsr107.tck.management.agentId");
        }

        @Override
        public MBeanNotificationInfo[] getNotificationInfo() {
            return delegate.getNotificationInfo();
        }

        @Override
        public synchronized void addNotificationListener(
                NotificationListener listener, NotificationFilter filter, Object handback) {
            delegate.addNotificationListener(listener, filter, handback);
        }

        @Override
        public synchronized void removeNotificationListener(NotificationListener listener)
                throws ListenerNotFoundException {
            delegate.removeNotificationListener(listener);
        }
    }
}
