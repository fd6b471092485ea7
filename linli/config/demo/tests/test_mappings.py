"""Which mapping is taken for which file."""

import pytest

from linli.config.demo import SAMPLES
from linli.config.demo.mappings import mapping_for
from linli.kernel.errors import Rejected


def test_the_mapping_beside_a_file_goes_first(tmp_path):
    file = tmp_path / "may.csv"
    file.write_text("message_id,body\n1,路灯坏了\n", encoding="utf-8")
    own = tmp_path / "may.mapping.yaml"
    own.write_text("columns: {body: body}\n", encoding="utf-8")
    assert mapping_for(file, folder=SAMPLES) == own


@pytest.mark.parametrize(
    ("head", "chosen"),
    [
        ("message_id,body,matter", "texts.mapping.yaml"),
        ("message_id,title,body,received_at", "letters.mapping.yaml"),
        (
            "工单编号,受理时间,来电人,联系电话,诉求类型,标题,诉求内容,事发地址,渠道",
            "hotline.mapping.yaml",
        ),
    ],
)
def test_the_fullest_mapping_that_fits_the_head_is_taken(tmp_path, head, chosen):
    file = tmp_path / "unnamed.csv"
    file.write_text(f"{head}\n{','.join('1' for _ in head.split(','))}\n", encoding="utf-8")
    assert mapping_for(file, folder=SAMPLES).name == chosen


def test_a_file_that_no_mapping_fits_is_refused_with_the_name_of_the_one_to_write(tmp_path):
    file = tmp_path / "june.csv"
    file.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(Rejected, match=r"june\.mapping\.yaml"):
        mapping_for(file, folder=SAMPLES)
