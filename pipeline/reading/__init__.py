"""From a path to a reading and its documents: file discovery, limits, batches of files."""
