"""Characters doubled by bold print: some PDFs draw it by printing twice, `工工作作总总结结` for `工作总结`.

A run counts where everything in it stands exactly twice and at least three different Chinese characters do; that is
more than any reduplication (妈妈, 谢谢, 高高兴兴, 干干净净) has, and the words among those of two are no runs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zongji.corpus.alignment import Edit

_FEWEST = 3  # different Chinese characters; 高高兴兴 has two
_PAIRS = re.compile(r"(?:([^\s0-9A-Za-z.\-_=*])\1){3,}")
_RUN = re.compile(r"(?:(\S)\1|[ \t](?=\S))+")
_SEED = re.compile(r"([㐀-鿿])\1([㐀-鿿])\2([㐀-鿿])\3")


def edits(text: str) -> Sequence[Edit]:
    """Edits from doubled characters to single ones."""
    return list(_edits(text)) if _SEED.search(text) else []
