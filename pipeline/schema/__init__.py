"""The shape of all output: columns, rows, the JSON Schema."""
