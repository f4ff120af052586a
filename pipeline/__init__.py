"""What is done: from files to records."""
