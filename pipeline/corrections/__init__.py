"""What people say of records: a journal in the database that outranks every later import of the same content."""
