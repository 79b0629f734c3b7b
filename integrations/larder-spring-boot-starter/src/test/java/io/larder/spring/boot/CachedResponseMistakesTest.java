package io.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.ConfigException;
import io.larder.servlet.CachedResponse;
import io.larder.servlet.ResponseCache;
import io.larder.spring.CachedResponseFilter;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Annotations that would do nothing keep a program from starting. */
class CachedResponseMistakesTest {

    private static final AutoConfigurations LARDER =
            AutoConfigurations.of(LarderAutoConfiguration.class, CachedResponseAutoConfiguration.class);

    private final WebApplicationContextRunner runner =
            new WebApplicationContextRunner().withConfiguration(LARDER).withUserConfiguration(Mvc.class);

    @Configuration
    @EnableWebMvc
    static class Mvc {}

    @RestController
    static class Wrong {

        @GetMapping("/ttl")
        @CachedResponse(ttl = "-5m")
        public String ttl() {
            return "";
        }

        @GetMapping("/zero")
        @CachedResponse(ttl = "0s")
        public String zero() {
            return "";
        }

        @PostMapping("/post")
        @CachedResponse
        public String post(int number) {
            return "";
        }

        @GetMapping("/body")
        @CachedResponse(methods = {"GET", "POST"})
        public String body() {
            return "";
        }

        @GetMapping("/later")
        @CachedResponse
        public ResponseEntity<CompletableFuture<String>> later() {
            return ResponseEntity.ok(CompletableFuture.completedFuture(""));
        }

        @GetMapping("/tags")
        @CachedResponse(tags = "book:{isbn}")
        public String tags() {
            return "";
        }

        @GetMapping("/vary")
        @CachedResponse(vary = "*")
        public String vary() {
            return "";
        }

        @GetMapping("/users")
        @CachedResponse(perUser = true, shareUsers = true)
        public String users() {
            return "";
        }
    }

    static class NoController {

        @CachedResponse
        public String find() {
            return "";
        }
    }

    @RestController
    @CachedResponse
    static class OnlyPosts {

        @PostMapping("/write")
        public String write() {
            return "";
        }
    }

    @RestController
    static class Right {

        @GetMapping("/right")
        @CachedResponse
        public String right() {
            return "";
        }
    }

    @Test
    void areToldAllAtOnce() {
        String wrong = Wrong.class.getName();
        runner.withBean(Wrong.class)
                .withBean(NoController.class)
                .withBean(OnlyPosts.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(ConfigException.class)
                        .hasMessageStartingWith("@CachedResponse cannot be obeyed:\n  ")
                        .hasMessageContainingAll(
                                wrong + ".ttl(): ttl must be a duration with a unit",
                                wrong + ".zero(): ttl must be positive, was 0s",
                                wrong + ".post(int): answers [POST], and is told to store responses to [GET, HEAD]",
                                wrong + ".body(): methods other than GET and HEAD need a key",
                                wrong + ".later(): answers on another thread, where nothing is stored",
                                wrong + ".tags(): tags stand for themselves, was 'book:{isbn}'",
                                wrong + ".vary(): vary must name headers, was '*'",
                                wrong + ".users(): perUser and shareUsers say the opposite",
                                NoController.class.getName() + ".find(): is no handler of requests",
                                OnlyPosts.class.getName() + ": has no handler whose responses could be stored"));
    }

    @Test
    void areNotThoseOfAControllerThatCanBeObeyed() {
        runner.withBean(Right.class)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CachedResponseFilter.class));
    }

    @Test
    void cannotBeWithoutAWebOrLarderServlet() {
        new ApplicationContextRunner()
                .withConfiguration(LARDER)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ResponseCache.class));
        runner.withClassLoader(new FilteredClassLoader("io.larder.servlet"))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
