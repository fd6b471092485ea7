import pytest
from django import forms
from django.template.loader import render_to_string

from linli.web.ui.forms import LinliForm, figures_input


class ReportForm(LinliForm):
    text = forms.CharField(label="反映的问题", max_length=10, help_text="写明时间和地点")
    phone = forms.CharField(label="联系电话", required=False, widget=figures_input())
    matter = forms.ChoiceField(label="事项 100%", choices=[("road", "道路")])
    way = forms.ChoiceField(label="方式", choices=[("a", "甲")], widget=forms.RadioSelect)
    own = forms.IntegerField(label="层数", required=False, error_messages={"invalid": "写数字"})


def summary(form: LinliForm) -> str:
    return render_to_string("ui/components/error_summary.html", {"form": form})


def field(form: LinliForm, name: str, **more: object) -> str:
    return render_to_string("ui/components/field.html", {"field": form[name], **more})


@pytest.fixture
def faulty() -> ReportForm:
    form = ReportForm({"text": "一二三四五六七八九十一二", "matter": "sea", "own": "x"})
    assert not form.is_valid()
    return form


def test_an_error_names_the_field_and_says_what_to_do(faulty: ReportForm):
    assert faulty.errors["text"] == ["“反映的问题”最多 10 个字，现在有 12 个，删减后再提交"]
    assert faulty.errors["matter"] == ["“事项 100％”里没有这一项，从列出的选项中选择"]
    assert faulty.errors["way"] == ["“方式”还没有选择，选择一项后才能继续"]


def test_words_of_the_form_itself_win(faulty: ReportForm):
    assert faulty.errors["own"] == ["写数字"]


def test_the_summary_leads_to_each_control(faulty: ReportForm):
    html = summary(faulty)
    assert 'role="alert"' in html
    assert 'href="#id_text"' in html
    assert 'href="#id_way_0"' in html
    assert 'id="id_way_0"' in field(faulty, "way")


def test_the_same_words_stand_beside_the_field(faulty: ReportForm):
    html = field(faulty, "text")
    assert str(faulty.errors["text"][0]) in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'id="id_text_helptext"' in html
    assert 'id="id_text_error"' in html


def test_what_was_typed_is_kept(faulty: ReportForm):
    assert "一二三四五六七八九十一二" in field(faulty, "text")


def test_a_form_without_errors_has_no_summary():
    assert summary(ReportForm()).strip() == ""


def test_only_optional_fields_are_marked():
    form = ReportForm()
    assert "（选填）" in field(form, "phone")
    assert "（选填）" not in field(form, "text")


def test_the_browser_is_not_asked_to_check():
    assert "required" not in field(ReportForm(), "text")


def test_a_question_page_makes_the_label_its_heading():
    assert "<h1>" in field(ReportForm(), "text", page=True).replace("\n", "")
    assert "<h1" in field(ReportForm(), "way", page=True)


def test_errors_of_the_whole_form_stand_in_the_summary(faulty: ReportForm):
    faulty.add_error(None, "两次提交的内容相同")
    assert "两次提交的内容相同" in summary(faulty)


def test_words_that_came_from_outside_are_escaped():
    form = ReportForm({"text": "<b>x</b>"})
    assert "<b>" not in field(form, "text")
