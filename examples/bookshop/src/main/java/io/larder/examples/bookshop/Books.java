package io.larder.examples.bookshop;

import io.larder.annotations.Cached;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The books in the database. Reads say which tables they come from; writes need say nothing. */
@Repository
class Books {

    private static final String SELECT = "select isbn, title, name as author, price_cents"
            + " from books join authors on authors.id = books.author_id";

    private final JdbcClient database;

    Books(JdbcClient database) {
        this.database = database;
    }

    @Cached(
            cache = "books",
            key = "{isbn}",
            tags = {"table:books", "table:authors"})
    public Optional<Book> find(String isbn) {
        return database.sql(SELECT + " where isbn = ?")
                .param(isbn)
                .query(Book.class)
                .optional();
    }

    @Cached(
            cache = "shelves",
            key = "{authorId}",
            tags = {"table:books", "table:authors"})
    public List<Book> by(long authorId) {
        return database.sql(SELECT + " where author_id = ? order by title")
                .param(authorId)
                .query(Book.class)
                .list();
    }

    public void price(String isbn, int priceCents) {
        database.sql("update books set price_cents = ? where isbn = ?")
                .params(priceCents, isbn)
                .update();
    }

    public void rename(long authorId, String name) {
        database.sql("update authors set name = ? where id = ?")
                .params(name, authorId)
                .update();
    }
}
