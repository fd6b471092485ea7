"""The doctor says in which typefaces documents are set, and what to install without any."""

from linli.config.doctor.documents import document_findings, typefaces_finding


def test_a_machine_with_chinese_typefaces_is_well():
    assert [one.is_well for one in document_findings()] == [True]


def test_a_machine_without_one_is_told_which_package_to_install():
    found = typefaces_finding({"body": "", "title": "", "heading": ""})
    assert not found.is_well
    assert "fonts-noto-cjk" in found.text("zh-hans")
    assert "no Chinese typeface" in found.text("en")
