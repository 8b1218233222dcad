COLUMNS = "id, name"
TABLE = "items"
ALL = f"select {COLUMNS} from {TABLE}"
ONE = ALL + " where id = $1"
REMOVE = "delete from {table} where id = $1".format(table=TABLE)
MOVE = """
    with gone as (
        delete from items where id = $1 returning id, name
    )
    select id, name from gone
"""
COPY = """
    with chosen as (select id, name from items where id = $1)
    insert into items (id, name) select id + 1, name from chosen
"""
COUNT = """
    -- not a delete, in spite of this comment; update neither
    with chosen as (select id from items where name <> 'insert into items')
    select count(*) as count from chosen
"""


class Statements:
    TOUCH = f"update {TABLE} set name = name where id = $1 returning {COLUMNS}"
