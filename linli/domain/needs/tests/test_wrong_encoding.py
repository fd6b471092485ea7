"""A head that was read in a wrong encoding is no riddle of unreadable names."""

import io

import pytest

from linli.domain.cases.tests.builders import AT
from linli.domain.needs.errors import ColumnMissing
from linli.domain.needs.services import mapping_of, read_export
from linli.domain.needs.tests.builders import build_read_town

pytestmark = pytest.mark.django_db
MAPPING = "columns: {source_id: 工單編號, body: 訴求內容}\n"


def refusal(data: bytes) -> ColumnMissing:
    build_read_town()
    with pytest.raises(ColumnMissing) as caught:
        read_export(io.BytesIO(data), mapping_of(MAPPING.encode(), name="m.yaml"), at=AT)
    return caught.value


def test_where_no_column_is_found_the_encoding_is_in_doubt():
    told = refusal("工單編號,受理時間,訴求內容\nb1,2026-08-01,路燈壞了\n".encode("big5"))

    assert "Big5" in told.zh
    assert "Big5" in told.en
    assert "UTF-8" in told.zh


def test_where_one_column_is_found_the_encoding_is_not_in_doubt():
    told = refusal("工單編號,受理時間\nb1,2026-08-01\n".encode())

    assert "Big5" not in told.zh + told.en
