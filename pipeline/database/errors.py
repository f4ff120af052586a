"""Errors of databases."""

from __future__ import annotations


class DatabaseError(Exception):
    """A database that cannot be used; the message says why and what to do."""


class AddressError(DatabaseError):
    """An address that names no database of a supported kind."""
