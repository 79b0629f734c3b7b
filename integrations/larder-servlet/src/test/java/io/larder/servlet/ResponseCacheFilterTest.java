package io.larder.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter in a real Tomcat, asked by a real client: what comes back. */
class ResponseCacheFilterTest extends WithWeb {
    private static final int CALLERS = 12;

    @Nested
    class Bytes {

        @ParameterizedTest
        @ValueSource(strings = {"memory:?max=1k", "memory:?max=1k&copy=codec"})
        void andHeadersComeBackAsTheyWere(String url) {
            byte[] body = new byte[70_000];
            new Random(1).nextBytes(body);
            open(url);
            serve((request, response) -> {
                response.setContentType("image/x-noise");
                response.addHeader("Link", "<a>; rel=next");
                response.addHeader("Link", "<b>; rel=last");
                response.setHeader("Content-Language", "de");
                response.getOutputStream().write(body, 0, 10);
                response.getOutputStream().flush();
                response.getOutputStream().write(body, 10, body.length - 10);
            });

            HttpResponse<byte[]> first = web.get("/noise?a=1");
            HttpResponse<byte[]> second = web.get("/noise?a=1");

            assertThat(web.calls).hasValue(1);
            assertThat(first.body()).isEqualTo(body);
            assertThat(second.body()).isEqualTo(body);
            for (HttpResponse<byte[]> answer : List.of(first, second)) {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().allValues("Link")).containsExactly("<a>; rel=next", "<b>; rel=last");
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/x-noise");
                assertThat(answer.headers().firstValue("Content-Language")).hasValue("de");
                assertThat(answer.headers().firstValue("Content-Length")).hasValue("70000");
                assertThat(answer.headers().firstValue("ETag")).get().asString().matches("\"[0-9a-f]{32}\"");
            }
            assertThat(second.headers().firstValue("ETag"))
                    .isEqualTo(first.headers().firstValue("ETag"));
            assertThat(first.headers().firstValue("Age")).isEmpty();
            assertThat(second.headers().firstValue("Age")).get().asString().matches("\\d+");
        }

        @Test
        void charactersAreInTheEncodingOfTheWriter() {
            serve((request, response) -> {
                response.setContentType("text/plain;charset=ISO-8859-1");
                response.getWriter().print("Käse");
            });

            HttpResponse<byte[]> first = web.get("/cheese");
            HttpResponse<byte[]> second = web.get("/cheese");

            assertThat(List.of(first, second)).allSatisfy(answer -> {
                assertThat(answer.body()).isEqualTo("Käse".getBytes(ISO_8859_1));
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=ISO-8859-1");
            });
        }

        @Test
        void headIsAnsweredFromWhatGetHasStoredAndTheOtherWayRound() {
            serve(count());

            HttpResponse<byte[]> head = web.send("HEAD", "/head").join();
            HttpResponse<byte[]> get = web.get("/head");
            HttpResponse<byte[]> again = web.send("HEAD", "/head").join();

            assertThat(web.calls).hasValue(1);
            assertThat(text(get)).isEqualTo("1");
            assertThat(List.of(head, again)).allSatisfy(answer -> {
                assertThat(answer.body()).isEmpty();
                assertThat(answer.headers().firstValue("Content-Length")).hasValue("1");
                assertThat(answer.headers().firstValue("ETag"))
                        .isEqualTo(get.headers().firstValue("ETag"));
            });
        }

        @Test
        void largerThanTheLimitGoThrough() {
            serve(ResponseRules.builder().bytesMax(10), (request, response) -> {
                response.getWriter().print("0123456789");
                response.flushBuffer();
                response.getWriter().print(request.getQueryString() == null ? "" : "and more");
            });

            assertThat(text(web.get("/long?x"))).isEqualTo("0123456789and more");
            assertThat(text(web.get("/long?x"))).isEqualTo("0123456789and more");
            assertThat(web.calls).hasValue(2);
            assertThat(text(web.get("/long"))).isEqualTo(text(web.get("/long")));
            assertThat(web.calls).hasValue(3);
        }

        @Test
        void ofHandlersThatGoOnElsewhereGoThrough() {
            serve((request, response) -> {
                AsyncContext later = request.startAsync();
                later.start(() -> {
                    try {
                        response.getWriter().print("later");
                    } catch (java.io.IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    later.complete();
                });
            });

            assertThat(text(web.get("/async"))).isEqualTo("later");
            assertThat(text(web.get("/async"))).isEqualTo("later");
            assertThat(web.calls).hasValue(2);
        }
    }

    @Nested
    class Conditions {

        @Test
        void areMetByListsWeakTagsAndStars() {
            serve(count());
            String etag = web.get("/page").headers().firstValue("ETag").orElseThrow();

            for (String tags : List.of(etag, "W/" + etag, "\"a,b\", " + etag, "*")) {
                HttpResponse<byte[]> answer = web.get("/page", "If-None-Match", tags);
                assertThat(answer.statusCode()).as(tags).isEqualTo(304);
                assertThat(answer.body()).isEmpty();
                assertThat(answer.headers().firstValue("ETag")).hasValue(etag);
            }
            assertThat(web.get("/page", "If-None-Match", "\"other\"").statusCode())
                    .isEqualTo(200);
            assertThat(web.calls).hasValue(1);
        }

        @Test
        void areMetByTheFirstResponseToo() {
            serve((request, response) -> {
                assertThat(request.getHeader("If-None-Match")).isNull();
                response.setHeader("ETag", "\"mine\"");
                response.setContentLength(4);
                response.getWriter().print("text");
            });

            HttpResponse<byte[]> first = web.get("/first", "If-None-Match", "\"mine\"");

            assertThat(first.statusCode()).isEqualTo(304);
            assertThat(text(web.get("/first"))).isEqualTo("text");
            assertThat(web.calls).hasValue(1);
        }

        @Test
        void areMetByTimesWhereThereAreNoTags() {
            String modified = "Sun, 06 Nov 1994 08:49:37 GMT";
            serve(count("Last-Modified", modified));

            assertThat(web.get("/dated", "If-Modified-Since", modified).statusCode())
                    .isEqualTo(304);
            assertThat(web.get("/dated", "If-Modified-Since", "Sun, 06 Nov 1994 08:49:36 GMT")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(web.get("/dated", "If-Modified-Since", modified, "If-None-Match", "\"other\"")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(web.calls).hasValue(1);
        }
    }

    @Nested
    class ManyCallers {

        /** Lets the handler go on when all callers have arrived at the filter. */
        private List<HttpResponse<byte[]>> ask(Web.Handler handler) {
            CountDownLatch arrived = new CountDownLatch(CALLERS);
            ResponseCacheFilter filter = filter(ResponseRules.builder());
            web.serve(
                    (request, response, chain) -> {
                        arrived.countDown();
                        filter.doFilter(request, response, chain);
                    },
                    (request, response) -> {
                        try {
                            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
                        } catch (InterruptedException e) {
                            throw new ServletException(e);
                        }
                        handler.answer(request, response);
                    });
            List<CompletableFuture<HttpResponse<byte[]>>> asked = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> web.send("GET", "/crowd"))
                    .toList();
            return asked.stream().map(CompletableFuture::join).toList();
        }

        @Test
        void shareOneComputation() {
            List<HttpResponse<byte[]>> answers = ask(count());

            assertThat(answers).extracting(WithWeb::text).containsOnly("1");
            assertThat(web.calls).hasValue(1);
        }

        @Test
        void getEachTheirOwnOfWhatIsNotForAll() {
            List<HttpResponse<byte[]>> answers = ask((request, response) -> {
                response.addCookie(new Cookie("id", request.getRequestId()));
                response.getWriter().print(request.getRequestId());
            });

            assertThat(answers).extracting(WithWeb::text).doesNotHaveDuplicates();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.headers().firstValue("Set-Cookie"))
                            .hasValue("id=" + text(answer)));
            assertThat(web.calls).hasValue(CALLERS);
            assertThat(cache.keys("*")).isEmpty();
        }

        @Test
        void getWhatTheHandlerThrowsOnlyFromTheirOwnCall() {
            List<HttpResponse<byte[]>> answers = ask((request, response) -> {
                throw new ServletException("on purpose");
            });

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(500);
            assertThat(web.calls).hasValue(CALLERS);
        }
    }
}
