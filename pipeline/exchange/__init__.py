"""Annotations out of a database and into it again, in the formats of other people's tools. Offsets are code points."""
