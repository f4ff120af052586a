"""What pages for people have in common: words in two languages, templates that escape, what a browser may not do."""
