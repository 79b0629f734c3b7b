package io.larder.servlet;

import io.larder.Cache;
import io.larder.ClosedException;
import io.larder.EntryOptions;
import io.larder.LoadContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One request on its way through the cache. Confined to the request's thread. */
final class Exchange {

    /** How long it is remembered which headers the responses to a URL differ by; a response that says otherwise corrects it. */
    private static final Duration SEVERAL_TTL = Duration.ofDays(1);

    private final Cache<String, StoredResponse> cache;
    private final ResponseRules rules;
    private final RequestPolicy policy;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final FilterChain handler;
    private boolean answered;

    Exchange(
            Cache<String, StoredResponse> cache,
            ResponseRules rules,
            RequestPolicy policy,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain handler) {
        this.cache = cache;
        this.rules = rules;
        this.policy = policy;
        this.request = request;
        this.response = response;
        this.handler = handler;
    }

    /** Answers with what is stored, or with what another request is computing, or with what the handler makes. */
    void throughCache(ResponseKey key) throws IOException, ServletException {
        StoredResponse found = ask(key, rules.vary);
        if (found != null && found.isSeveral()) {
            found = ask(key, union(rules.vary, found.varyNames()));
        }
        if (answered) {
            return;
        }
        if (found == null || found.isSeveral()) {
            handler.doFilter(request, response);
        } else if (policy.isOlderThanWanted(found.ageSeconds())) {
            alone();
        } else {
            Answer.again(found, request, response);
        }
    }

    /** Answers with what the handler makes, for this request alone. */
    void alone() throws IOException, ServletException {
        HeldResponse held = new HeldResponse(request, response, rules.bytesMax, () -> {});
        handler.doFilter(new WholeRequest(request, held), held);
        StoredResponse made = held.made(rules.vary);
        if (made != null) {
            Answer.first(made, request, response);
        }
    }

    /**
     * Returns what is stored or computed by another request, or null when there is no such thing, which also is so when this request has
     * computed it and is {@code answered}.
     */
    private @Nullable StoredResponse ask(ResponseKey key, Set<String> names) throws IOException, ServletException {
        Turn turn = new Turn();
        CompletableFuture<@Nullable StoredResponse> answer;
        try {
            answer = cache.async().get(key.text(names), rules.options, turn);
        } catch (ClosedException e) {
            return null;
        }
        LoadContext<StoredResponse> context = turn.await(answer);
        if (context == null) {
            return settled(answer);
        }
        HeldResponse held = new HeldResponse(request, response, rules.bytesMax, () -> turn.release(context));
        StoredResponse made;
        try {
            handler.doFilter(new WholeRequest(request, held), held);
            answered = true;
            made = held.made(rules.vary);
            if (made != null) {
                handIn(made, key, names, turn, context);
            }
        } finally {
            turn.release(context);
        }
        if (made != null) {
            // Whoever has the answer finds it stored.
            settled(answer);
            Answer.first(made, request, response);
        }
        return null;
    }

    private void handIn(
            StoredResponse made, ResponseKey key, Set<String> names, Turn turn, LoadContext<StoredResponse> context) {
        Duration ttl = ResponsePolicy.ttl(
                made, rules, policy.hasOwnKey(), context.options().ttl());
        if (ttl.isZero()) {
            return;
        }
        if (names.containsAll(made.varyNames())) {
            context.options(EntryOptions.ttl(ttl).tags(tags()));
            turn.handIn(made);
            return;
        }
        // What it differs by was not known when the lease was taken: under the key that has it, the next request
        // computes it again.
        StoredResponse several = StoredResponse.several(union(names, made.varyNames()));
        if (names.equals(rules.vary)) {
            context.options(EntryOptions.ttl(SEVERAL_TTL));
            turn.handIn(several);
        } else {
            cache.put(key.text(rules.vary), several, EntryOptions.ttl(SEVERAL_TTL));
        }
    }

    private Set<String> tags() {
        Set<String> tags = new LinkedHashSet<>();
        if (request.getAttribute(ResponseCache.TAGS) instanceof Collection<?> told) {
            told.forEach(tag -> tags.add(String.valueOf(tag)));
        }
        return tags;
    }

    /** Returns the cache's answer; a cache that fails has none, which costs a computation. */
    private static @Nullable StoredResponse settled(CompletableFuture<@Nullable StoredResponse> answer) {
        try {
            return answer.join();
        } catch (CompletionException | CancellationException e) {
            return null;
        }
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
