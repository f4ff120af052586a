"""The way back survives any number of passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zongji.corpus.alignment import Aligned, Edit

TEXTS = st.text(alphabet="协会學abc(é)\n 1", max_size=40)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Sorted edits that do not overlap."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [Edit(start, end, draw(st.text(alphabet="XYZ", max_size=4))) for start, end in pairs]


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[Aligned, list[Aligned]]:
    """A text after up to five passes, with the states in between."""
    states = [Aligned.of(draw(TEXTS))]
    for _ in range(draw(st.integers(0, 5))):
        states.append(states[-1].apply(draw(edits_of(states[-1].text))))
    return states[-1], states


@given(rewritten())
def test_every_span_lies_inside_the_source_and_in_order(case: tuple[Aligned, list[Aligned]]) -> None:
    aligned, _ = case
    places = [aligned.origin(index, index + 1) for index in range(len(aligned.text))]
    assert all(0 <= start <= end <= len(aligned.source) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    assert [end for _, end in places] == sorted(end for _, end in places)


@given(rewritten())
def test_a_character_that_no_edit_made_points_to_itself(case: tuple[Aligned, list[Aligned]]) -> None:
    aligned, _ = case
    for index, character in enumerate(aligned.text):
        start, end = aligned.origin(index, index + 1)
        if character not in "XYZ" and end - start == 1:
            assert aligned.source[start:end] == character


@given(rewritten())
def test_a_span_covers_the_places_of_its_characters(case: tuple[Aligned, list[Aligned]]) -> None:
    aligned, _ = case
    for start in range(0, len(aligned.text), 3):
        end = min(start + 4, len(aligned.text))
        place = aligned.origin(start, end)
        assert place[0] == aligned.origin(start, start + 1)[0]
        assert place[1] == aligned.origin(end - 1, end)[1]


@given(rewritten())
def test_the_whole_text_never_grows_out_of_the_source(case: tuple[Aligned, list[Aligned]]) -> None:
    aligned, _ = case
    assert aligned.starts[-1] == len(aligned.text)
    assert aligned.origins[-1] == len(aligned.source)
    assert len(aligned.starts) == len(aligned.origins)


def test_a_deleted_reading_leaves_its_character_in_place() -> None:
    aligned = Aligned.of("科協(xié)會").apply([Edit(2, 7, "")])
    assert aligned.text == "科協會"
    assert aligned.origin(1, 2) == (1, 2)
    assert aligned.origin(2, 3) == (7, 8)
    assert aligned.origin(0, 3) == (0, 8)


def test_passes_compose() -> None:
    aligned = Aligned.of("科協(xié)會１２").apply([Edit(2, 7, "")]).apply([Edit(1, 2, "协"), Edit(3, 5, "12")])
    assert aligned.text == "科协會12"
    assert aligned.origin(3, 5) == (8, 10)


@pytest.mark.parametrize("edits", [[Edit(2, 1, "")], [Edit(0, 9, "")], [Edit(1, 3, ""), Edit(2, 4, "")]])
def test_edits_out_of_order_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="out of order or outside"):
        Aligned.of("abcd").apply(edits)
