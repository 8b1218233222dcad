-- contract
alter table moved_items rename to archived_items;
