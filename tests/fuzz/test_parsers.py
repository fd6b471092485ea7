"""Every parser of foreign bytes, few inputs each; `linli bench fuzz` makes more.

Serves: X02.
"""

import pytest

from linli.config.bench._fuzz_lanes import CORPUS, Listed, kept_inputs, shared_out
from linli.config.bench._fuzz_run import Fuzzer
from linli.config.bench._fuzz_target import Target
from tests.fuzz.targets import TARGETS, named

APART = ("sheet_apart", "picture_apart")  # a process an input: their other halves are fed here
HERE = [target for target in TARGETS if target.name not in APART]
FEW, COSTLY, SEED = 60, 20, 20261125  # inputs a parser; a share up to which each costs much


class Planted(Exception):
    """What a parser with a mistake raises."""


def careless(data: bytes) -> int:
    if data.startswith(b"size="):
        text = data[5:].decode("latin-1")
        if len(text) > 2 and text[0].isdigit():
            if not text[1].isdigit():
                raise Planted
            return int(text[0])
    return 0


@pytest.mark.parametrize("target", HERE, ids=lambda one: one.name)
def test_a_parser_reads_or_refuses_whatever_it_is_fed(target):
    kept = kept_inputs(target.name)
    count = len(kept) + (FEW if target.share > COSTLY else FEW // 4)

    outcome = Fuzzer(target, seed=SEED, kept=kept).run(count)

    assert [(one.kind, one.where, one.data[:80]) for one in outcome.findings] == []
    assert outcome.tried == count
    assert outcome.read > 0


def test_each_kept_input_belongs_to_a_parser():
    assert {path.name for path in CORPUS.iterdir()} <= {target.name for target in TARGETS}


def test_a_parser_with_a_mistake_is_found_out_and_the_input_is_short():
    mistaken = Target("careless", careless, (b"size=12345 and the rest of it",))

    outcome = Fuzzer(mistaken, seed=SEED).run(400)

    ((kind, where, data),) = [(one.kind, one.where, one.data) for one in outcome.findings]
    assert (kind, where) == ("Planted", "")
    assert outcome.failed >= 1
    assert len(data) == len(b"size=1a ")


def test_the_same_seed_makes_the_same_inputs_and_another_one_others():
    fed: list[list[bytes]] = []
    for seed in (1, 1, 2):
        fed.append([])
        watched = Target("mapping", lambda data: fed[-1].append(data), named("mapping").seeds)
        Fuzzer(watched, seed=seed).run(50)

    assert fed[0] == fed[1] != fed[2]


def test_inputs_are_shared_out_and_each_parser_gets_what_it_begins_from():
    jobs = shared_out([Listed("a", 3, 2), Listed("b", 1, 2), Listed("c", 0, 5)], 400)

    assert [(job.name, job.count) for job in jobs] == [("a", 300), ("b", 100), ("c", 5)]
