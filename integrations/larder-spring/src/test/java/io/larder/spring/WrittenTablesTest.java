package io.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenTablesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "insert into orders (id) values (1) | orders",
                "INSERT INTO shop.\"Orders\" VALUES ('from secrets') | orders",
                "insert ignore into `orders` values (1) | orders",
                "update only orders set a = 1 | orders",
                "update orders o join lines l on o.id = l.id set o.a = 1 | orders,lines",
                "delete from [dbo].[orders] where id in (select id from gone) | orders,gone",
                "delete from a using b, c | a,b,c",
                "merge into orders using incoming on (1 = 1) when matched then update set a = 1 | orders,incoming",
                "truncate table orders | orders",
                "with x as (delete from orders returning *) select * from x | orders,x",
                "/* update a */ insert into b values (1) -- into c | b",
                "replace into orders values (1) | orders",
                "drop table if exists orders | orders",
                "insert into archive select * from orders | archive,orders",
            })
    void namesWhatMayBeWritten(String sql, String tables) {
        assertThat(WrittenTables.of(sql)).contains(tables.split(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "select * from orders |",
                "select * from orders for update |",
                "select * from orders for no key update |",
                "select 'insert into orders' from x |",
                "select replace(a, 'b', 'c') from orders |",
                "select updated, inserted_at from orders -- delete from orders |",
                "set search_path = shop |",
            })
    void readingWritesNothing(String sql) {
        assertThat(WrittenTables.of(sql)).isEmpty();
    }
}
