"""Corrections by people: a journal in the database that outranks every later import of the same content."""
