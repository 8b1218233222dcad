-- contract
drop table archived_items;
