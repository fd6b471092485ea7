from hypothesis import given
from hypothesis import strategies as st

from linli.methods.gazetteer import Gazetteer
from linli.methods.normalise import normalise

names = st.lists(st.text(alphabet="柳岸东街新村区", min_size=2, max_size=5), max_size=8)
texts = st.text(alphabet="柳岸东街新村区，在的", max_size=30)


@given(names, texts)
def test_every_hit_stands_where_it_says_and_none_overlap(found, text):
    hits = Gazetteer([(name, name) for name in found]).hits(text)

    spelled = normalise(text)
    assert all(spelled[hit.start : hit.end] == hit.name for hit in hits)
    assert all(one.end <= two.start for one, two in zip(hits, hits[1:], strict=False))


@given(names, texts)
def test_a_name_in_the_text_is_found_or_lies_under_a_longer_one(found, text):
    hits = Gazetteer([(name, name) for name in found]).hits(text)

    for name in found:
        at = normalise(text).find(name)
        assert at < 0 or any(hit.start < at + len(name) and at < hit.end for hit in hits)


def test_the_longest_name_wins():
    places = Gazetteer([("柳岸", "1"), ("柳岸新村", "2")])

    assert [hit.codes for hit in places.hits("柳岸新村")] == [("2",)]


def test_a_name_that_two_places_bear_keeps_both():
    places = Gazetteer([("幸福小区", "1"), ("幸福小区", "2"), ("幸福小区", "1")])

    assert places.hits("幸福小区")[0].codes == ("1", "2")


def test_spelling_does_not_matter():
    assert Gazetteer([("Ａ区 广场", "1")]).hits("在a区 广场旁边")[0].codes == ("1",)


def test_without_names_nothing_is_found():
    assert Gazetteer([]).hits("柳岸新村") == []
    assert len(Gazetteer([("村", "1")])) == 0
