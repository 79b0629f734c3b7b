package io.larder.jcache;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.cache.Caching;
import org.jsr107.tck.CacheTest;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Result;
import org.junit.runner.notification.Failure;

/** Runs the compatibility kit of JSR-107 with all of its caches on one URL, and prints what it counts. */
enum Tck {
    /** Tests of the API's own classes, and of providers. */
    CACHES("(javax/cache|org/jsr107/tck)/(?!annotation/).*Test1?\\.class"),
    /** Tests of the annotations, which {@link TckBeans} makes work. */
    ANNOTATIONS("org/jsr107/tck/annotation/(?!Abstract).*Test\\.class");

    private final String files;

    Tck(String files) {
        this.files = files;
    }

    /** What the kit counts, and the tests that failed. */
    record Outcome(int run, List<Failure> failures) {}

    Outcome on(String url) throws Exception {
        System.setProperty(ManagerUrl.PROPERTY, url);
        try {
            Result result = JUnitCore.runClasses(classes());
            List<Failure> failures =
                    result.getFailures().stream().filter(Tck::failsAgain).toList();
            System.out.printf(
                    "JCache TCK 1.1.1 on %s, %s: %d run, %d failed, %d skipped, %d passed at a second try; %d s%n",
                    url,
                    name().toLowerCase(Locale.ROOT),
                    result.getRunCount(),
                    failures.size(),
                    result.getIgnoreCount() + result.getAssumptionFailureCount(),
                    result.getFailureCount() - failures.size(),
                    result.getRunTime() / 1000);
            return new Outcome(result.getRunCount(), failures);
        } finally {
            System.clearProperty(ManagerUrl.PROPERTY);
            Caching.getCachingProvider().close();
        }
    }

    /** Its entries live for milliseconds, which a busy machine may take between two lines of a test. */
    private static boolean failsAgain(Failure failure) {
        Caching.getCachingProvider().close();
        Description test = failure.getDescription();
        return !new JUnitCore()
                .run(Request.aClass(test.getTestClass()).filterWith(test))
                .wasSuccessful();
    }

    private Class<?>[] classes() throws IOException, URISyntaxException, ClassNotFoundException {
        Path jar = Path.of(CacheTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (JarFile kit = new JarFile(jar.toFile())) {
            String[] names = kit.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.matches(files))
                    .toArray(String[]::new);
            Class<?>[] classes = new Class<?>[names.length];
            for (int i = 0; i < classes.length; i++) {
                classes[i] = Class.forName(names[i].replace(".class", "").replace('/', '.'));
            }
            return classes;
        }
    }
}
