"""The words with which PostgreSQL's statements begin."""

_COMMANDS = """
    abort alter analyse analyze begin call checkpoint close cluster comment commit copy create
    deallocate declare delete discard do drop end execute explain fetch grant import insert listen
    load lock merge move notify prepare reassign refresh reindex release reset revoke rollback
    savepoint security select set show start table truncate unlisten update vacuum values with
"""
_OBJECTS = """
    access aggregate cast collation conversion database default domain event extension foreign
    function group index language large materialized operator owned policy procedure publication
    role routine rule schema sequence server statistics subscription system table tablespace text
    transform trigger type user view
"""
_MODIFIERS = """
    or replace global local temp temporary unlogged unique recursive constraint trusted procedural
"""

# The statements of PostgreSQL 18, by their first word.
COMMANDS = frozenset(_COMMANDS.split())

# What stands after `create`, `alter` or `drop`, and the words that may come before it.
OBJECTS = frozenset(_OBJECTS.split())
MODIFIERS = frozenset(_MODIFIERS.split())

# What has to stand behind the first word of an object that has two.
SECOND_WORDS = {
    "access": {"method"},
    "default": {"conversion", "privileges"},
    "event": {"trigger"},
    "foreign": {"data", "table"},
    "large": {"object"},
    "materialized": {"view"},
    "owned": {"by"},
    "text": {"search"},
}

DATA_COMMANDS = frozenset({"delete", "insert", "merge", "select", "update", "values", "with"})
