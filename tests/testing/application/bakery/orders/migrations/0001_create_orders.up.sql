create table orders (id int primary key, cake text not null);
