"""The spaCy components: one Doc in, one out, exact offsets."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from zongji.corpus.lexicon import LexiconError
from zongji.models.engines import RULES
from zongji.models.store import ArtefactError, source_of
from zongji.pipeline.reading.reader import extract_text

TEXT = """青石县科协2023年工作总结
一、主要工作
1、举办科普讲座。全年举办讲座6场，听众1200余人次。
二、存在的问题
经费不足。
"""
# The learned engine and the rules do not say the same of the last section's class.
DIFFERENT = "平安村2023年工作总结\n一、主要工作\n举办讲座6场。\n二、几件心事\n经费不足，人手不够，办法不多。\n"


def blank() -> Language:
    return spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = blank()
    pipeline.add_pipe("zongji_sections")
    pipeline.add_pipe("zongji_figures")
    return pipeline


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_figures_are_spans_labelled_by_category(doc: Doc) -> None:
    assert [(span.text, span.label_) for span in doc.spans["figures"]] == [
        ("6场", "sessions"),
        ("1200余人次", "participants"),
    ]


def test_sections_are_spans_labelled_by_class(doc: Doc) -> None:
    assert [span.label_ for span in doc.spans["sections"]] == ["title", "achievements", "achievements", "problems"]


def test_the_plain_records_have_exact_offsets(doc: Doc) -> None:
    figures = doc.user_data["zongji"][0]["figures"]
    assert [TEXT[figure["start"] : figure["end"]] for figure in figures] == ["6场", "1200余人次"]


def test_the_plain_records_are_those_of_a_json_line(doc: Doc) -> None:
    assert doc.user_data["zongji"] == [document.to_dict() for document in extract_text(TEXT)]


def classes(documents: list[dict[str, Any]]) -> list[str]:
    return [section["label"] for section in documents[0]["sections"]]


def test_the_engine_is_that_of_the_config() -> None:
    pipeline = blank()
    pipeline.add_pipe("zongji_figures", config={"engine": "rules"})
    expected = [document.to_dict() for document in extract_text(DIFFERENT, engine=RULES)]
    assert pipeline(DIFFERENT).user_data["zongji"] == expected


def test_components_with_different_engines_keep_their_own_documents() -> None:
    by_rules = [document.to_dict() for document in extract_text(DIFFERENT, engine=RULES)]
    learned = [document.to_dict() for document in extract_text(DIFFERENT)]
    assert classes(by_rules) != classes(learned)
    pipeline = blank()
    pipeline.add_pipe("zongji_figures", config={"engine": "rules"})
    pipeline.add_pipe("zongji_sections", name="learned_sections")
    doc = pipeline(DIFFERENT)
    assert doc.user_data["zongji"] == by_rules
    assert doc.user_data["learned_sections"] == learned
    assert [span.label_ for span in doc.spans["sections"]] == classes(learned)


def test_models_come_from_the_folder_of_the_config(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(Path(str(source_of(None))), folder)
    pipeline = blank()
    pipeline.add_pipe("zongji_sections", config={"models": str(folder)})
    doc = pipeline(TEXT)
    assert [span.label_ for span in doc.spans["sections"]] == ["title", "achievements", "achievements", "problems"]


@pytest.mark.parametrize("factory", ["zongji_sections", "zongji_figures"])
@pytest.mark.parametrize(
    ("config", "error", "said"),
    [
        ({"engine": "magic"}, ValueError, "unknown engine 'magic'; known: linear, rules"),
        ({"engine": "rules", "models": "here"}, ValueError, "'rules' takes no models"),
        ({"models": "nowhere"}, ArtefactError, "no models in nowhere"),
        ({"lexicon": ["nowhere.tsv"]}, FileNotFoundError, "nowhere.tsv"),
        ({"lexicon": "own.tsv"}, ValueError, "lexicon"),
        ({"model": "here"}, ValueError, "model"),
    ],
)
def test_a_wrong_config_says_what_is_wrong(
    factory: str, config: dict[str, object], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        blank().add_pipe(factory, config=config)


def test_a_list_that_comes_too_late_says_so(tmp_path: Path, doc: Doc) -> None:  # noqa: ARG001  # a text was read
    own = tmp_path / "own.tsv"
    own.write_text("kind\tword\tsays\nunit\t闻所未闻\tparticipants\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="before the first text"):
        blank().add_pipe("zongji_figures", config={"lexicon": [str(own)]})


def test_a_pipeline_on_disk_keeps_its_options(tmp_path: Path) -> None:
    pipeline = blank()
    pipeline.add_pipe("zongji_figures", config={"engine": "rules"})
    pipeline.to_disk(tmp_path / "nlp")
    loaded = spacy.load(tmp_path / "nlp")
    assert loaded.get_pipe("zongji_figures") == pipeline.get_pipe("zongji_figures")
    doc = loaded(TEXT)
    assert [span.text for span in doc.spans["figures"]] == ["6场", "1200余人次"]


def test_a_doc_keeps_its_records_as_bytes(nlp: Language, doc: Doc) -> None:
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again.user_data["zongji"] == doc.user_data["zongji"]
    assert [span.text for span in again.spans["figures"]] == ["6场", "1200余人次"]


def test_another_process_loads_the_engine_by_itself(nlp: Language) -> None:
    component = nlp.get_pipe("zongji_figures")
    sent = pickle.dumps(component)
    assert len(sent) < 1000
    assert pickle.loads(sent) == component  # noqa: S301  # our own


def test_words_of_a_config_are_used_and_survive_the_disk(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("kind\tword\tsays\nunit\t车次\tparticipants\n", encoding="utf-8")
    code = f"""
import spacy
nlp = spacy.blank("zh")
nlp.add_pipe("zongji_figures", config={{"engine": "rules", "lexicon": [{str(own)!r}]}})
nlp.to_disk({str(tmp_path / "nlp")!r})
for pipeline in (nlp, spacy.load({str(tmp_path / "nlp")!r})):
    doc = pipeline("村委会工作总结\\n一年来，接送老人12车次。")
    print([span.label_ for span in doc.spans["figures"]])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['participants']\n['participants']\n"
