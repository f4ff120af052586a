"""Safe HTML: nothing in a document can run, reorder or load anything in a browser.

Templates escape everything (`zongji.pipeline.pages.templates`), scripts write text as text only, and the policy of a
page allows our own scripts by their digests, and loads nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable

# Bidirectional controls, which disguise names
# (Unicode Standard Annex 9; CVE-2021-42574), and other invisible controls.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def visible(text: object) -> str:
    """A text with its controls made visible: U+202E becomes ⟦U+202E⟧."""
    return _CONTROL.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", str(text))


def json_for_script(value: object) -> str:
    """A value as JSON that is safe inside `<script>`."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def policy(scripts: Iterable[str], styles: Iterable[str], *, forms: str = "'none'") -> str:
    """The Content-Security-Policy of a page with just these scripts and styles."""
    return (
        f"default-src 'none'; script-src {_digests(scripts)}; style-src {_digests(styles)}; "
        f"img-src data:; base-uri 'none'; form-action {forms}"
    )


def _digests(texts: Iterable[str]) -> str:
    found = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in found)
