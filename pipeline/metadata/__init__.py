"""What a document says about itself: type, title, organization, period, date."""
