"""The category of a figure: by its measure word, or by the counted noun if the measure word is ambiguous."""

from zongji.pipeline.figures.categories.bare_numbers import BareNumber
from zongji.pipeline.figures.categories.counted import Counted
from zongji.pipeline.figures.categories.nouns import NounRow, category_of_noun, is_listed
from zongji.pipeline.figures.categories.rules import bare_number, category_of, counted

__all__ = [
    "BareNumber",
    "Counted",
    "NounRow",
    "bare_number",
    "category_of",
    "category_of_noun",
    "counted",
    "is_listed",
]
