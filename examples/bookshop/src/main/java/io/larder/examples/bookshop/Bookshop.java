package io.larder.examples.bookshop;

import io.larder.spring.TableTags;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The program. */
@SpringBootApplication
public class Bookshop {

    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(Bookshop.class, args);
    }

    /** The database begins anew with each start; caches on Redis are told so. */
    @Bean
    ApplicationRunner newDatabase(TableTags tags) {
        return arguments -> tags.written("authors", "books");
    }
}
