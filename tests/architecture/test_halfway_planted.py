"""What a crash can leave half-way is planted by a bench, not only written on a list."""

from linli.config.bench._queue_halfway import PLANTS, states


def test_linli_bench_queue_plants_each_state_of_halfway_yaml():
    assert set(PLANTS) == set(states())
