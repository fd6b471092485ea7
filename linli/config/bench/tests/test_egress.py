"""Addresses that lead inside, few enough for every run."""

from urllib.parse import urlsplit

from linli.config.bench._egress_kinds import kinds
from linli.config.bench._egress_run import attack
from linli.kernel.egress import Policy, Target, egress_session

KINDS, ALL = 60, 300


class Trusting(Policy):
    """What a program without a guard does: believe what a library reads, call what it is told."""

    def target_of(self, url):
        parts = urlsplit(url)
        return Target("https", parts.hostname or "", parts.port or 443, parts.path, None)

    def checked(self, target, answers):
        return list(answers)


def test_no_hostile_address_opens_a_connection_inside_and_honest_ones_go_where_they_should():
    outcome = attack(KINDS, seed=20261124)

    assert (outcome.failed, outcome.trapped, outcome.controls_failed) == ([], 0, 0)
    assert (sum(outcome.tried.values()), len(outcome.tried) >= 13) == (KINDS, True)


def test_the_same_addresses_reach_inside_where_nobody_guards():
    outcome = attack(
        KINDS, seed=20261124, make=lambda _, wires: egress_session(Trusting(), wires=wires)
    )

    assert len(outcome.failed) > KINDS / 3


def test_there_are_as_many_kinds_as_a_release_tries_and_no_two_alike():
    made = kinds(ALL, seed=1, trap=9)

    assert len({(kind.url, str(kind.answers), kind.leads_to, kind.network) for kind in made}) == ALL
