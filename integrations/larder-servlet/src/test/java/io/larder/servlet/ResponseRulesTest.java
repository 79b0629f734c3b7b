package io.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the filter stores in a real Tomcat, and under which keys. */
class ResponseRulesTest extends WithWeb {

    @Nested
    class Storing {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Cache-Control | no-store",
                    "Cache-Control | max-age=60, PRIVATE",
                    "Cache-Control | private=\"x-user\"",
                    "Cache-Control | no-cache",
                    "Cache-Control | max-age=0",
                    "Cache-Control | s-maxage=0, max-age=60",
                    "Expires | 0",
                    "Expires | Sun, 06 Nov 1994 08:49:37 GMT",
                    "Vary | Accept, *",
                    "Set-Cookie | a=b",
                })
        void isRefusedByResponses(String name, String value) {
            serve(count(name, value));

            assertThat(text(web.get("/refused"))).isEqualTo("1");
            assertThat(text(web.get("/refused"))).isEqualTo("2");
            assertThat(cache.keys("*")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Cache-Control | no-store",
                    "Cache-Control | no-cache",
                    "Cache-Control | max-age=0",
                    "Pragma | no-cache",
                    "Authorization | Bearer x",
                    "Range | bytes=0-1",
                })
        void isAvoidedByRequests(String name, String value) {
            serve(count("Cache-Control", "max-age=60"));
            web.get("/avoided");

            assertThat(text(web.get("/avoided", name, value))).isEqualTo("2");
            assertThat(text(web.get("/avoided"))).isEqualTo("1");
        }

        @Test
        void isLimitedByWhatTheResponseSays() {
            serve(
                    ResponseRules.builder().ttl(Duration.ofMinutes(5)),
                    (request, response) -> response.setHeader("Cache-Control", request.getQueryString()));

            web.get("/limited?max-age=60");
            web.get("/limited?max-age=6000");

            assertThat(cache.entries("*").map(entry -> entry.remaining().toSeconds() / 100))
                    .containsExactlyInAnyOrder(0L, 2L);
        }

        @Test
        void isForOkUnlessTold() {
            Web.Handler missing = (request, response) -> {
                response.setStatus(request.getRequestURI().endsWith("error") ? 503 : 404);
                response.getWriter().print(web.calls.get());
            };
            serve(missing);
            assertThat(text(web.get("/none"))).isEqualTo("1");
            assertThat(text(web.get("/none"))).isEqualTo("2");

            serve(ResponseRules.builder().cacheNonOk(), missing);
            assertThat(web.get("/none").statusCode()).isEqualTo(404);
            assertThat(text(web.get("/none"))).isEqualTo("1");
            assertThat(text(web.get("/error"))).isEqualTo("2");
            assertThat(text(web.get("/error"))).isEqualTo("3");
        }

        @Test
        void leavesErrorsAndRedirectionsToTheContainer() {
            serve(ResponseRules.builder().cacheNonOk(), (request, response) -> {
                if (request.getRequestURI().equals("/moved")) {
                    response.sendRedirect("/there");
                } else {
                    response.sendError(404, "no such page");
                }
            });

            assertThat(text(web.get("/lost"))).contains("no such page");
            assertThat(text(web.get("/lost"))).contains("no such page");
            assertThat(web.calls).hasValue(2);
            assertThat(web.get("/moved").headers().firstValue("Location")).hasValue("/there");
            assertThat(web.get("/moved").headers().firstValue("Location")).hasValue("/there");
            assertThat(web.calls).hasValue(3);
        }

        @Test
        void endsWithAnInvalidationAlsoByTagsOfTheHandler() {
            serve(ResponseRules.builder().tags("pages").keyPrefix("shop"), (request, response) -> {
                request.setAttribute(ResponseCache.TAGS, Set.of("order:7"));
                response.getWriter().print(web.calls.get());
            });
            web.get("/orders/7");

            assertThat(cache.invalidateTag("order:7")).isOne();
            assertThat(text(web.get("/orders/7"))).isEqualTo("2");
            assertThat(cache.invalidateTag("pages")).isOne();
            assertThat(text(web.get("/orders/7"))).isEqualTo("3");
            assertThat(cache.removeMatching("shop:*/orders/*")).isOne();
            assertThat(text(web.get("/orders/7"))).isEqualTo("4");
        }

        @Test
        void doesNotKeepHandlersFromAnsweringWhenTheCacheIsClosed() {
            serve(count());
            larder.close();

            assertThat(text(web.get("/closed"))).isEqualTo("1");
        }
    }

    @Nested
    class Keys {

        @Test
        void areApartByWhatResponsesSayTheyDifferBy() {
            serve((request, response) -> {
                response.setHeader("Vary", "Accept-Language");
                response.getWriter().print(request.getHeader("Accept-Language") + web.calls.get());
            });

            // The first response tells what it differs by; from the second on they are stored.
            assertThat(text(web.get("/vary", "Accept-Language", "de"))).isEqualTo("de1");
            assertThat(text(web.get("/vary", "Accept-Language", "de"))).isEqualTo("de2");
            assertThat(text(web.get("/vary", "Accept-Language", "de"))).isEqualTo("de2");
            assertThat(text(web.get("/vary", "Accept-Language", "en"))).isEqualTo("en3");
            assertThat(text(web.get("/vary", "Accept-Language", "en"))).isEqualTo("en3");
            assertThat(text(web.get("/vary"))).isEqualTo("null4");
        }

        @Test
        void areApartByWhatTheRulesSay() {
            serve(
                    ResponseRules.builder().vary("Accept-Language"),
                    (request, response) -> response.getWriter().print(request.getHeader("Accept-Language")));

            HttpResponse<byte[]> german = web.get("/vary", "Accept-Language", "de");

            assertThat(german.headers().firstValue("Vary")).hasValue("accept-language");
            assertThat(text(web.get("/vary", "Accept-Language", "en"))).isEqualTo("en");
            assertThat(text(web.get("/vary", "Accept-Language", "de"))).isEqualTo("de");
            assertThat(web.calls).hasValue(2);
        }

        @Test
        void learnAgainWhatResponsesDifferBy() {
            serve((request, response) -> {
                response.setHeader("Vary", web.calls.get() == 1 ? "Accept" : "Accept, Accept-Language");
                response.getWriter().print(request.getHeader("Accept-Language") + web.calls.get());
            });

            for (String expected : List.of("de1", "de2", "de3", "de3")) {
                assertThat(text(web.get("/learn", "Accept-Language", "de"))).isEqualTo(expected);
            }
            assertThat(text(web.get("/learn", "Accept-Language", "en"))).isEqualTo("en4");
        }

        @Test
        void areApartForUsersWhenTold() {
            serve(ResponseRules.builder().perUser(), (request, response) -> {
                response.setHeader("Cache-Control", "private");
                response.getWriter().print(request.getHeader("Authorization") + web.calls.get());
            });

            assertThat(text(web.get("/mine", "Authorization", "ann"))).isEqualTo("ann1");
            assertThat(text(web.get("/mine", "Authorization", "bob"))).isEqualTo("bob2");
            assertThat(text(web.get("/mine", "Authorization", "ann"))).isEqualTo("ann1");
            // What is private is stored for users, and not for nobody.
            assertThat(text(web.get("/mine"))).isEqualTo("null3");
            assertThat(text(web.get("/mine"))).isEqualTo("null4");
            assertThat(cache.keys("*")).hasSize(2).noneMatch(key -> key.contains("ann"));
        }

        @Test
        void ofASessionAreNobodyElses() {
            serve((request, response) -> {
                boolean known = request.getRequestedSessionId() != null;
                response.getWriter().print(request.getSession().getId() + known);
            });
            String cookie =
                    web.get("/session").headers().firstValue("Set-Cookie").orElseThrow();
            String session = cookie.substring(0, cookie.indexOf(';'));

            assertThat(text(web.get("/session", "Cookie", session))).endsWith("true");
            assertThat(text(web.get("/session"))).endsWith("false");
            assertThat(cache.keys("*")).isEmpty();
        }

        @Test
        void areOnesOwnWithTheRequestInHand() {
            RequestKey tenant = request -> request.getParameter("tenant");
            serve(ResponseRules.builder().key(tenant).methods("GET", "POST").version(2), count());

            assertThat(text(web.get("/a?tenant=x&n=1"))).isEqualTo("1");
            assertThat(text(web.get("/b?tenant=x&n=2"))).isEqualTo("1");
            assertThat(text(web.send("POST", "/b?tenant=x").join())).isEqualTo("2");
            assertThat(text(web.get("/a"))).isEqualTo("3");
            assertThat(text(web.get("/a"))).isEqualTo("4");
            assertThat(cache.keys("*")).containsExactlyInAnyOrder(":2:GET:::x", ":2:POST:::x");
            assertThatThrownBy(() -> ResponseRules.builder().methods("POST").build())
                    .hasMessage("methods other than GET and HEAD need a key that knows their bodies, were [POST]");
        }

        @Test
        void areThereForIncludedPathsOnly() {
            web.serve(
                    ResponseCacheFilter.builder(cache)
                            .include("/shop/*", "*.html")
                            .exclude("/shop/cart*")
                            .build(),
                    count());

            for (String path : List.of("/shop/pens", "/index.html", "/shop/cart/1", "/other")) {
                web.get(path);
                web.get(path);
            }

            assertThat(web.calls).hasValue(6);
            assertThat(cache.keys("*")).hasSize(2);
        }
    }
}
