package io.larder.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.testkit.FakeClock;
import io.larder.testkit.FlakyBackend;
import io.larder.testkit.ReferenceProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a JMX console sees, and what it can do. */
class LarderBeansTest {

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final FakeClock clock = new FakeClock();
    private final List<FlakyBackend<String, byte[]>> servers = new ArrayList<>();
    private final Larder larder = Larder.builder("reference:?breaker=1")
            .provider(ReferenceProvider.ofBytes(below -> {
                servers.add(new FlakyBackend<>(below));
                return servers.get(0);
            }))
            .clock(clock)
            .build();

    private Cache<String, byte[]> users() {
        return larder.cache("users", String.class, byte[].class)
                .namespace("shop")
                .build();
    }

    private static ObjectName name(String properties) throws JMException {
        return new ObjectName("io.larder:" + properties);
    }

    private Object read(String attribute) throws JMException {
        return server.getAttribute(name("type=Cache,larder=\"main\",cache=\"shop/users\""), attribute);
    }

    @AfterEach
    void close() {
        larder.close();
    }

    @Test
    void countsAreAttributes() throws JMException {
        LarderBeans.register(larder, "main", server);
        Cache<String, byte[]> users = users();

        users.get("a", key -> {
            clock.advance(Duration.ofMillis(20));
            return new byte[1];
        });
        users.get("a");

        assertThat(read("Hits")).isEqualTo(1L);
        assertThat(read("Misses")).isEqualTo(1L);
        assertThat(read("HitRatio")).isEqualTo(0.5);
        assertThat(read("Loads")).isEqualTo(1L);
        assertThat(read("LoadMillisMax")).isEqualTo(20.0);
        assertThat(read("LoadMillisMean")).isEqualTo(20.0);
        assertThat(read("LoadMillis99")).isEqualTo(20.0);
        assertThat(read("Entries")).isEqualTo(-1L);
        assertThat(read("Address")).isEqualTo("reference:?breaker=1");
        assertThat(inTable(read("Errors"), "read")).isEqualTo(0L);
        assertThat(inTable(read("Details"), "breaker")).isEqualTo("closed");
    }

    private static Object inTable(Object table, String key) {
        CompositeData row = ((TabularData) table).get(new Object[] {key});
        return row.get("value");
    }

    @Test
    void aCacheCanBeSwitchedOffAndCleared() throws JMException {
        LarderBeans.register(larder, "main", server);
        Cache<String, byte[]> users = users();
        users.put("a", new byte[1]);
        ObjectName name = name("type=Cache,larder=\"main\",cache=\"shop/users\"");

        server.setAttribute(name, new Attribute("Enabled", false));
        assertThat(users.isEnabled()).isFalse();
        server.setAttribute(name, new Attribute("Enabled", true));
        assertThat(users.get("a")).isNotNull();
        server.invoke(name, "clear", new Object[0], new String[0]);

        assertThat(users.get("a")).isNull();
        assertThat(read("Enabled")).isEqualTo(true);
    }

    @Test
    void healthIsAnAttribute() throws JMException {
        Cache<String, byte[]> users = users();
        LarderBeans.register(larder, "main", server);
        ObjectName name = name("type=Larder,larder=\"main\"");
        assertThat(server.getAttribute(name, "Status")).isEqualTo("UP");

        servers.get(0).down();
        users.get("a");

        assertThat(server.getAttribute(name, "Status")).isEqualTo("DOWN");
        assertThat((String[]) server.getAttribute(name, "Problems"))
                .singleElement()
                .asString()
                .contains("breaker is open");
    }

    @Test
    void aNameIsForOneLarder() {
        LarderBeans.register(larder, "main", server);

        assertThatThrownBy(() -> LarderBeans.register(larder, "main", server))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Give each Larder a name of its own");
    }

    @Test
    void aClosedLarderIsGone() throws JMException {
        LarderBeans.register(larder, "main", server);
        users();
        assertThat(server.queryNames(name("*"), null)).hasSize(2);

        larder.close();

        assertThat(server.queryNames(name("*"), null)).isEmpty();
    }
}
