"""From a path to a reading, and from it to documents: files found, limits kept, many files one after the other."""
