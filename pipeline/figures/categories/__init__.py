"""What a figure counts as: by its measure word, and by the counted noun where the measure word leaves it open."""

from zongji.pipeline.figures.categories.nouns import NounRow, category_of_noun, is_listed
from zongji.pipeline.figures.categories.rules import category_of

__all__ = ["NounRow", "category_of", "category_of_noun", "is_listed"]
