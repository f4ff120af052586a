"""`zongji report`: the findings of files, folders or a database as a self-contained HTML page."""
