package io.larder.examples.bookshop;

import io.larder.servlet.CachedResponse;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The books over HTTP. Shelves are kept as clients get them. */
@RestController
class BookController {

    private final Books books;

    BookController(Books books) {
        this.books = books;
    }

    @GetMapping("/books/{isbn}")
    ResponseEntity<Book> book(@PathVariable String isbn) {
        return ResponseEntity.of(books.find(isbn));
    }

    @CachedResponse(
            ttl = "10m",
            tags = {"table:books", "table:authors"})
    @GetMapping("/authors/{id}/books")
    List<Book> shelf(@PathVariable long id) {
        return books.by(id);
    }

    @PutMapping("/books/{isbn}/price")
    void price(@PathVariable String isbn, @RequestParam int cents) {
        books.price(isbn, cents);
    }

    @PutMapping("/authors/{id}/name")
    void rename(@PathVariable long id, @RequestParam String name) {
        books.rename(id, name);
    }
}
