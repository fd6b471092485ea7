import stat

import pytest

from linli.config.secret_key import FOR_TESTS, secret_key
from linli.kernel.errors import Rejected


def test_a_key_is_made_once_and_only_we_read_it(tmp_path):
    first = secret_key(tmp_path / "home", given="", is_test=False)
    second = secret_key(tmp_path / "home", given="", is_test=False)

    kept = tmp_path / "home" / "secret_key"
    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize("given", ["short", FOR_TESTS])
def test_a_short_or_public_key_is_refused(tmp_path, given):
    with pytest.raises(Rejected, match="LINLI_SECRET_KEY"):
        secret_key(tmp_path, given=given, is_test=False)
