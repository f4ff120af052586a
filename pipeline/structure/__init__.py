"""The structure of a text: headings, documents, sections and their classes."""
