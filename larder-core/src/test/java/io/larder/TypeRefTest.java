package io.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypeRefTest {

    @Test
    void keepsTheArguments() {
        assertThat(new TypeRef<List<String>>() {}).hasToString("java.util.List<java.lang.String>");
    }

    @Test
    void equalTypesAreEqualHoweverTheyWereGiven() {
        assertThat(new TypeRef<String>() {})
                .isEqualTo(TypeRef.of(String.class))
                .hasSameHashCodeAs(TypeRef.of(String.class));
        assertThat(new TypeRef<List<String>>() {})
                .isEqualTo(new TypeRef<List<String>>() {})
                .isNotEqualTo(new TypeRef<List<Long>>() {});
    }

    @Test
    void typeFoundAtRunTimeIsTakenIfNothingOfItIsMissing() throws Exception {
        assertThat(TypeRef.of(List.class.getMethod("indexOf", Object.class).getGenericReturnType()))
                .isEqualTo(TypeRef.of(int.class));
        assertThatThrownBy(
                        () -> TypeRef.of(List.class.getMethod("get", int.class).getGenericReturnType()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'E' has a type variable");
    }

    @Test
    @SuppressWarnings("rawtypes") // What is tested.
    void withoutAnArgumentItIsRefused() {
        assertThatThrownBy(() -> new TypeRef() {})
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A TypeRef needs its type argument: new TypeRef<List<User>>() {}");
    }
}
