"""The larger commands: parse, call, print. `cli.py` adds them to its own."""
