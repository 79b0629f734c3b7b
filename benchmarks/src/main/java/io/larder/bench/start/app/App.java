package io.larder.bench.start.app;

import io.larder.bench.worker.Orders;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * As little as an application can be: one bean, called twice before it says that it is ready.
 *
 * <p>{@code loads} is answered by how often the bean did its work, {@code memory} by the bytes of its heap and of its process.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Titles.class)
public class App {

    /** The first argument that turns caching on. */
    public static final String CACHED = "cached";

    /** Made by Spring. */
    protected App() {}

    /** Takes whether there is a cache, and properties; serves until its input ends. */
    public static void main(String[] args) {
        Class<?>[] sources =
                args[0].equals(CACHED) ? new Class<?>[] {App.class, Caching.class} : new Class<?>[] {App.class};
        SpringApplication application = new SpringApplication(sources);
        application.setBannerMode(Banner.Mode.OFF);
        String[] properties = List.of(args).subList(1, args.length).toArray(String[]::new);
        Titles titles = application.run(properties).getBean(Titles.class);
        String first = titles.of("1");
        if (!first.equals(titles.of("1"))) {
            throw new IllegalStateException("Two calls gave two answers");
        }
        Orders.obey(Map.of("loads", words -> String.valueOf(titles.loads()), "memory", words -> memory()));
    }

    /** The process before the heap, because looking at that collects it. */
    private static String memory() {
        double processBytes = ProcessMemory.bytes("self", ProcessMemory.NOW);
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + " " + processBytes;
    }
}
