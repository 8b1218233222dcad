"""The file in which a run keeps what it observed, for its owner's eyes."""

import os
import sqlite3
from pathlib import Path

FILE = "telemetry.db"

_SCHEMA = """
create table if not exists spans (
    id integer primary key,
    trace_id text not null,
    span_id text not null,
    parent_id text,
    service text not null,
    name text not null,
    kind text not null,
    start_ns integer not null,
    end_ns integer not null,
    is_error integer not null,
    message text not null,
    node text,
    entry text,
    message_id text,
    attributes text not null,
    events text not null,
    links text not null,
    unique (trace_id, span_id)
);
create index if not exists spans_by_start on spans (start_ns);
create index if not exists spans_by_message on spans (message_id) where message_id is not null;
create table if not exists traces (
    trace_id text primary key,
    start_ns integer not null,
    end_ns integer not null,
    name text not null,
    service text not null,
    services text not null,
    spans integer not null,
    errors integer not null
);
create index if not exists traces_by_start on traces (start_ns);
create table if not exists logs (
    id integer primary key,
    time_ns integer not null,
    service text not null,
    level text not null,
    message text not null,
    trace_id text,
    span_id text,
    fields text not null
);
create table if not exists messages (
    sequence integer primary key,
    topic text not null,
    subscription text,
    shown text not null
);
create index if not exists messages_by_topic on messages (topic, subscription);
create index if not exists logs_by_trace on logs (trace_id) where trace_id is not null;
"""


def opened(folder: Path) -> sqlite3.Connection:
    """The database below `folder`; a file that is none of ours, or damaged, is replaced."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / FILE
    try:
        return _opened(path)
    except sqlite3.DatabaseError:
        # Nothing in it is worth more than a run that starts.
        for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
            (folder / name).unlink(missing_ok=True)
        return _opened(path)


def reading(folder: Path) -> sqlite3.Connection:
    """A connection that only reads, beside the one that writes."""
    path = (folder / FILE).absolute().as_uri()
    return sqlite3.connect(
        f"{path}?mode=ro", uri=True, check_same_thread=False, isolation_level=None
    )


def size(connection: sqlite3.Connection) -> int:
    """How many bytes of the file are in use."""
    (pages,) = connection.execute("pragma page_count").fetchone()
    (free,) = connection.execute("pragma freelist_count").fetchone()
    (bytes_,) = connection.execute("pragma page_size").fetchone()
    return int((pages - free) * bytes_)


def _opened(path: Path) -> sqlite3.Connection:
    # Made before SQLite does, whose files follow the process's umask; its journals follow this one.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
    path.chmod(0o600)
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    try:
        connection.execute("pragma auto_vacuum = incremental")
        connection.execute("pragma journal_mode = wal")
        # What a crash of the machine loses of it is no loss.
        connection.execute("pragma synchronous = off")
        connection.executescript(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
