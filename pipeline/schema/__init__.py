"""The shape of what goes out: columns, rows, the JSON Schema."""
