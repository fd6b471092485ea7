"""What is no proof is said to be none, whatever it is."""

import pytest

from linli.kernel.proof import report_on


@pytest.mark.parametrize(
    "text", ["", "[" * 50_000, '{"format":' * 20_000, "1e999", '{"format": "linli proof 1"}', "NaN"]
)
def test_what_is_no_proof_does_not_hold(text):
    report = report_on(text)

    assert not report.is_good
    assert report.lines[-1].startswith("not a proof")
