import math

from hypothesis import given
from hypothesis import strategies as st

from linli.methods.similarity import char_pairs, distance_m, duplicate_score, nearness

texts = st.text(alphabet="路灯坏了三天门口，。 a1", max_size=30)
distances = st.none() | st.floats(0, 1e6)
degrees = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(texts, texts, distances)
def test_a_score_is_a_share_and_the_same_both_ways(one, other, distance):
    first, second = char_pairs(one), char_pairs(other)

    score = duplicate_score(first, second, distance=distance, reach_m=300)

    assert 0.0 <= score <= 1.0
    assert score == duplicate_score(second, first, distance=distance, reach_m=300)


@given(texts, st.floats(0, 1e5), st.floats(0, 1e5))
def test_farther_never_scores_higher(text, one, other):
    pairs = char_pairs(text)

    near, far = (
        duplicate_score(pairs, pairs, distance=d, reach_m=300) for d in sorted((one, other))
    )

    assert near >= far


@given(degrees, degrees)
def test_a_distance_is_symmetric_and_at_most_half_the_globe(one, other):
    there, back = distance_m(*one, *other), distance_m(*other, *one)

    assert math.isclose(there, back, abs_tol=1e-6)
    assert 0 <= there <= 20_015_200


def test_the_same_words_elsewhere_are_less_alike_than_nearby():
    pairs = char_pairs("路灯坏了三天")

    assert duplicate_score(pairs, pairs, distance=0, reach_m=300) == 1.0
    assert duplicate_score(pairs, pairs, distance=3000, reach_m=300) < 0.51


def test_nothing_shared_scores_nothing():
    assert duplicate_score(char_pairs("路灯"), char_pairs("噪声"), distance=0, reach_m=300) == 0.0


def test_half_the_reach_apart_is_nearer_than_the_reach():
    assert nearness(150, reach_m=300) > nearness(300, reach_m=300) == 0.5
