"""What stands where: headings, documents, sections and their classes."""
