"""`zongji review`: a local page to correct records, most doubtful first."""
