"""`zongji review`: a local page to correct records, the doubtful ones first."""
