"""The tagger's words, with quotations joined and set phrases split."""

from __future__ import annotations

import re

from zongji.corpus.patterns import Words
from zongji.corpus.verbs import verbs
from zongji.models.words import Tagged
from zongji.pipeline.figures.categories import is_listed
from zongji.pipeline.figures.items.roles import QUOTATION
from zongji.pipeline.figures.items.word_lists import heads

_CLOSING_MARKS = {"“": "”", '"': '"', "《": "》", "‘": "’", "(": ")", "（": "）"}
_GROUPED = re.compile(r"[“\"《‘(（]|[0-9][型级AG]")
_GUESSED = frozenset({"nr", "ns"})  # tags of names, given wrongly to a verb with its object: `张贴|标语`
_REACH = 18  # chosen: words of a quotation
_SET_PHRASE = 4  # characters
_SET_PHRASE_TAGS = frozenset("ln")
_ONE_VERBS = Words("word_classes", "one-verb")
_KNOWN_TAGS = frozenset({"n", "v", "vn"})
_PAIR = 2
_PLACE = "ns"  # the tag of a name, given wrongly to `新建|村`


def regrouped(words: Tagged, clause: str) -> Tagged:
    """The words of a clause, each quotation, title or optional part joined into one noun, set phrases split."""
    if any(len(word) == _SET_PHRASE or flag == _PLACE or word[0] in _ONE_VERBS.all for word, flag in words):
        words = [part for word, flag in words for part in _parted(word, flag)]
    return grouped(words, clause)


def grouped(words: Tagged, clause: str) -> Tagged:
    """Only quotations, titles, kinds (`13级`) and Latin words joined with their noun."""
    if " " in clause:
        words = _with_latin(words)
    return _merged(words) if _GROUPED.search(clause) else words


def _with_latin(words: Tagged) -> Tagged:
    """`PR |数量`: a Latin word and a noun with a blank between them are one noun."""
    joined: Tagged = []
    for word, flag in words:
        if len(joined) >= _PAIR and joined[-1][0] == " " and joined[-2][1] == "eng" and flag[0] == "n":
            joined[-2:] = [(f"{joined[-2][0]} {word}", flag)]
        else:
            joined.append((word, flag))
    return joined


def _merged(words: Tagged) -> Tagged:
    merged: Tagged = []
    index = 0
    while index < len(words):
        end = _end_of_group(words, index)
        group = "".join(word for word, _ in words[index:end])
        merged.append((group, QUOTATION) if end > index + 1 else words[index])
        index = end
    return merged


def _end_of_group(words: Tagged, index: int) -> int:
    """The end of the quotation or kind (`2|型`) that starts at a word; otherwise of the word itself."""
    word = words[index][0]
    closing = _CLOSING_MARKS.get(word)
    if closing:
        places = range(index + 1, min(index + _REACH, len(words)))
        return next((place + 1 for place in places if words[place][0] == closing), index + 1)
    kind = index + 1 < len(words) and word.isdigit() and words[index + 1][0][0] in "型级AG"
    return index + 2 if kind else index + 1


def _is_verb_with_object(word: str, flag: str) -> bool:
    """`换|灯泡`, `修|桥`, but not `收费`: not a word of its own, unless the tagger knows it."""
    if not 1 < len(word) < _SET_PHRASE or (len(word) == _PAIR and flag in _KNOWN_TAGS):
        return False
    return is_listed(word[1:]) and not is_listed(word) and word not in heads() and word not in verbs()


def _parted(word: str, flag: str) -> Tagged:
    """A verb and its object that the tagger reads as one word: `发展|党员`, `新建|村`."""
    if word[0] in _ONE_VERBS.all and _is_verb_with_object(word, flag):
        return [(word[0], "v"), (word[1:], "n")]
    verb, rest = word[:2], word[2:]
    known = verbs()
    if flag in _GUESSED and rest and known.get(verb) is False and is_listed(rest):
        return [(verb, "v"), (rest, "n")]
    if len(word) != _SET_PHRASE or flag not in _SET_PHRASE_TAGS or verb not in known:
        return [(word, flag)]
    if rest in known:
        return [(verb, "v"), (rest, "v")] if flag == "l" else [(word, flag)]
    if flag == "l" or not (known[verb] or rest in heads()):
        return [(verb, "v"), (rest, "n")]
    return [(word, flag)]
