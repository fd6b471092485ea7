"""The look through an archive by itself: what it refuses, no reader behind it ever sees."""

import io

import pytest

from linli.kernel.archives import Bomb, Declarations, check_archive
from tests.hostile.books import book, overlapping, patched

PIECE = 65_536  # bytes that are unpacked at once


def looked_through(data: bytes) -> None:
    check_archive(io.BytesIO(data))


def test_a_member_that_unpacks_to_more_than_it_says_is_a_bomb():
    honest = book({"a.xml": b"0" * 2_000})

    looked_through(honest)
    with pytest.raises(Bomb):
        looked_through(patched(honest, at=24, field="<L", value=1_999, every=True))


def test_two_members_of_the_same_bytes_are_a_bomb_however_small():
    looked_through(overlapping(1, size=500))
    with pytest.raises(Bomb):
        looked_through(overlapping(2, size=500))


@pytest.mark.parametrize("ahead", [PIECE - 4, PIECE - 1, PIECE])
def test_a_declaration_is_found_across_the_pieces_in_which_it_is_read(ahead):
    with pytest.raises(Declarations):
        looked_through(book({"a.xml": b" " * ahead + b"<!DOCTYPE x>"}))
