"""`zongji report`: one page that holds what was found in a file, a folder or a database, and needs no network."""
