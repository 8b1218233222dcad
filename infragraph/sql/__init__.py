"""PostgreSQL's language: what a text does to data, and what migrations leave behind.

Only `postgres` imports sqlglot, and it is imported when the first text has to be read.
"""
