"""The runtime's own tables, in a schema of their own beside the application's."""

TABLES = """
create schema if not exists infragraph;

create table if not exists infragraph.migrations (
    number bigint primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
);

create table if not exists infragraph.inbox (
    subscription text not null,
    message_id text not null,
    handled_at timestamptz not null default now(),
    primary key (subscription, message_id)
);

create index if not exists inbox_handled_at on infragraph.inbox (handled_at);

create table if not exists infragraph.outbox (
    id bigint generated always as identity primary key,
    topic text not null,
    message_id text not null,
    source text not null,
    type text not null,
    body bytea not null,
    attributes text not null,
    schema text,
    ordering_key text,
    traceparent text,
    published_at timestamptz not null,
    not_before timestamptz not null
);

create index if not exists outbox_due on infragraph.outbox (not_before, id);

create index if not exists outbox_key on infragraph.outbox (topic, ordering_key, id)
    where ordering_key is not null;
"""
"""Safe to run again: nothing is changed that is there."""
