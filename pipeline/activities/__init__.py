"""What the figures are about: events and programmes."""
