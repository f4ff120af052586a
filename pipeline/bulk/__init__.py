"""Many files into a database."""
