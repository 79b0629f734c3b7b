package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link BackendProvider} has to keep about URLs; a provider's test extends it and names its URL and samples. */
@Timeout(60)
public abstract class ProviderContract {

    /** A parameter that every cache has. */
    private static final String SHARED = "ttl";

    /** Makes the contract. */
    protected ProviderContract() {}

    /** Returns the provider. */
    protected abstract BackendProvider provider();

    /** Returns the shortest URL that can be opened; no server needs to answer at it. */
    protected abstract String url();

    /** Returns for each parameter of the provider's own some values that are accepted in {@link #url}. */
    protected abstract Map<String, List<String>> accepted();

    /** Returns for parameters of the provider's own some values that are refused. */
    protected abstract Map<String, List<String>> refused();

    /** Says whether the {@link ServiceLoader} finds the provider. */
    protected boolean isRegistered() {
        return true;
    }

    @Test
    void schemesAreLowerCaseAndOneOfThemIsTheUrls() {
        assertThat(provider().schemes())
                .isNotEmpty()
                .allMatch(scheme -> scheme.matches("[a-z][a-z0-9+.-]*"))
                .contains(CacheUrl.parse(url()).scheme());
    }

    @Test
    void isFoundByItsScheme() {
        assumeTrue(isRegistered(), "the provider is not registered, and says so");

        assertThat(ServiceLoader.load(BackendProvider.class))
                .anyMatch(found -> found.getClass() == provider().getClass());
    }

    @Test
    void everyParameterIsExplainedAndHasASample() {
        List<Parameter> parameters = provider().parameters().parameters();

        assertThat(parameters).allSatisfy(parameter -> {
            assertThat(parameter.name()).matches("[a-z][a-z0-9-]*");
            assertThat(parameter.expects()).isNotBlank();
            assertThat(parameter.standard()).isNotBlank();
            assertThat(parameter.meaning()).isNotBlank();
        });
        assertThat(parameters.stream().map(Parameter::name))
                .containsExactlyInAnyOrderElementsOf(accepted().keySet());
    }

    @Test
    void everyDocumentedParameterIsAccepted() {
        accepted().forEach((name, values) -> {
            assertThat(values).as("samples of '%s'", name).isNotEmpty();
            for (String value : values) {
                assertThatCode(() -> open(with(name, value)).close())
                        .as("opening %s", with(name, value))
                        .doesNotThrowAnyException();
            }
        });
    }

    @Test
    void aMalformedValueIsRefusedByName() {
        refused()
                .forEach((name, values) -> values.forEach(value -> assertThatThrownBy(
                                () -> open(with(name, value)).close())
                        .as("opening %s", with(name, value))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("'" + name + "'")
                        .hasMessageContaining(value)));
    }

    @Test
    void anUnknownParameterIsRefusedWithTheNearestOne() {
        List<String> known = new ArrayList<>(accepted().keySet());
        known.add(SHARED);

        for (String name : known) {
            String slip = name + "x";
            assertThatThrownBy(() -> open(with(slip, "1")).close())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Unknown parameter '" + slip + "'")
                    .hasMessageContaining("Did you mean '" + name + "'?");
        }
    }

    @Test
    void anUnknownParameterIsRefusedWithAllThatAreKnown() {
        assertThatThrownBy(() -> open(with("quite-another-thing", "1")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Known: ")
                .hasMessageContaining(SHARED)
                .matches(
                        failure ->
                                accepted().keySet().stream().allMatch(String.valueOf(failure.getMessage())::contains),
                        "names all");
    }

    @Test
    void whatIsOpenedClosesTwice() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            Backends opened = provider()
                    .open(CacheUrl.parse(url()), new BackendContext(new FakeClock(), Runnable::run, scheduler));

            assertThatCode(() -> {
                        opened.close();
                        opened.close();
                    })
                    .doesNotThrowAnyException();
        } finally {
            scheduler.shutdownNow();
        }
    }

    /** Opens a URL as an application does, so that parameters are checked. */
    private Larder open(String url) {
        return Larder.builder(url).provider(provider()).build();
    }

    private String with(String name, String value) {
        return url() + (url().contains("?") ? "&" : "?") + name + "=" + value;
    }
}
