"""The database that documents are imported into: SQLite, PostgreSQL, MySQL or MariaDB through SQLAlchemy Core."""
