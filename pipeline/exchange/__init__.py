"""Exporting and importing annotations in the formats of other tools. Offsets are code points."""
