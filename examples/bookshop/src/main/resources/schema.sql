create table authors (
  id bigint primary key,
  name varchar(100) not null
);

create table books (
  isbn varchar(13) primary key,
  title varchar(200) not null,
  author_id bigint not null references authors,
  price_cents int not null
);
