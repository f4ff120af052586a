"""What a figure counts: the noun phrase after its measure word, else the one before its number.

Each word around a number has a role (`roles.Role`): the word lists decide before the tagger does, since a
tagger that has not seen `选手` or `宣传牌` guesses. After the number the phrase is the leading run of nouns. Before
it the phrase is the end of a run of nouns and verbs, after the last verb that takes the rest of the run as its
object: `县总工会|检查|工矿商贸企业160家次`. Which verbs always do (`发放`) and which also open a compound (`培训时间`)
is in `verbs.tsv`, the words they form compounds with in `heads.tsv`, all closed classes in `word_classes.tsv`.
"""

from zongji.pipeline.figures.items.counted import item_of, stated_item
from zongji.pipeline.figures.items.inheritance import inherited

__all__ = ["inherited", "item_of", "stated_item"]
