"""PostgreSQL: pools, transactions, migrations, and what messages and statements share."""
