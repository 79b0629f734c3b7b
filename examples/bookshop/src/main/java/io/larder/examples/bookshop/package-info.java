/**
 * A shop that sells books, as a Spring Boot service with Larder.
 *
 * <p>Start with {@link io.larder.examples.bookshop.Books}; README.md says what to look at.
 */
@NullMarked
package io.larder.examples.bookshop;

import org.jspecify.annotations.NullMarked;
