"""Shared by all HTML pages: words in two languages, escaping templates, a content security policy."""
