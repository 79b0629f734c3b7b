insert into authors values (1, 'George Eliot'), (2, 'Jane Austen');

insert into books values
  ('9780141439549', 'Middlemarch', 1, 1299),
  ('9780141439624', 'Silas Marner', 1, 899),
  ('9780141439587', 'Emma', 2, 999);
