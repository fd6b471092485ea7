"""Tables of areas in which nothing stands."""

import pytest

from linli.domain.places.errors import AreaRowRejected
from linli.domain.places.rules.marks import read_landmarks
from linli.domain.places.rules.rows import read_rows


@pytest.mark.parametrize("read", [read_rows, read_landmarks])
@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b",,\n,,\n"])
def test_a_table_in_which_nothing_stands_is_refused(read, data):
    with pytest.raises(AreaRowRejected):
        read(data)
