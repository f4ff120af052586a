"""The commands around a database: parse, call, print. `cli.py` adds them to its own."""
