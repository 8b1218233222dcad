create table items (
    id bigint primary key,
    name text not null
);
create table moved_items (
    id bigint primary key,
    name text not null
);
