create table cakes (id int not null, cake text not null, attempt int not null);
create table calls (id int not null, orders int not null);
