"""`python -m zongji` is the command `zongji`."""

from __future__ import annotations

from zongji.cli import app

app(prog_name="zongji")
