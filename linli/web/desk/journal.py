"""The auditor's page: whether the journal is whole, what it says, and unusual days of looking.

Serves: X02 X10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.domain.access.selectors import POLICY, Role
from linli.domain.access.services import require_act
from linli.domain.audit.selectors import (
    JournalSearch,
    LastCheck,
    LastSeal,
    Record,
    UnusualDay,
    known_acts,
    last_check,
    last_seal,
    search_journal,
    unusual_days,
)
from linli.domain.audit.services import record_list
from linli.domain.cases.selectors import openings_of_cases, shielded_refs
from linli.domain.organisations.selectors import unit_names
from linli.kernel.clock import utc_now
from linli.kernel.marks import row_of
from linli.web.desk.signed_in import staff_page
from linli.web.desk.telling import FACT_WORDS
from linli.web.desk.words import minute_words
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm, day_input
from linli.web.ui.listing import page_of
from linli.web.ui.parts import Column, Fact, Row

VIEW = "audit.view"
MOST_LISTED = 3
# A heartbeat, and time for a worker to be started again.
SILENCE = timedelta(seconds=settings.LINLI_SEAL_HEARTBEAT_S) + timedelta(minutes=5)
ACT_WORDS = {
    "personal_data_viewed": gettext_lazy("查看工单或个人信息"),
    "cases_listed": gettext_lazy("查看工单列表"),
    "rows_exported": gettext_lazy("导出数据"),
    "person_erased": gettext_lazy("删除个人信息"),
    "person_locked": gettext_lazy("封存个人信息"),
    "personal_request_made": gettext_lazy("提出个人信息请求"),
    "personal_request_fulfilled": gettext_lazy("照办个人信息请求"),
    "own_data_fetched": gettext_lazy("本人取走资料"),
    "hold_set": gettext_lazy("依法留存"),
    "hold_lifted": gettext_lazy("解除依法留存"),
    "words_deleted": gettext_lazy("删除诉求和答复内容"),
    "records_deleted": gettext_lazy("到期删除一批"),
    "job_retried": gettext_lazy("任务重新排队"),
    "job_settled": gettext_lazy("任务收起"),
    "opening_asked": gettext_lazy("申请特别查阅"),
    "opening_decided": gettext_lazy("审批特别查阅"),
    "opening_ended": gettext_lazy("收回特别查阅"),
    "opening_unconfirmed": gettext_lazy("应急查阅逾期未确认"),
}


class JournalForm(LinliForm):
    """What the journal is narrowed by; all of it stands in the address."""

    mark = forms.CharField(label=gettext_lazy("核验码"), required=False, max_length=32)
    subject = forms.CharField(label=gettext_lazy("对象编码"), required=False, max_length=128)
    actor = forms.CharField(label=gettext_lazy("操作账号"), required=False, max_length=128)
    act = forms.ChoiceField(label=gettext_lazy("发生的事"), required=False)
    since = forms.DateField(label=gettext_lazy("日期从"), required=False, widget=day_input())
    until = forms.DateField(label=gettext_lazy("到"), required=False, widget=day_input())

    def __init__(self, data: QueryDict, *, acts: Sequence[str]) -> None:
        super().__init__(data)
        field = self.fields["act"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("全部")), *((act, act_words(act)) for act in acts)]

    def clean_mark(self) -> int | None:
        """Turn the mark of a print or an export into the row that it names."""
        mark = self.cleaned_data["mark"].strip()
        row = row_of(mark) if mark else None
        if mark and row is None:
            raise forms.ValidationError(
                _("核验码不对，形如 L4711-5，印在打印件下方和导出文件末行。请核对每一位。")
            )
        return row


@dataclass(frozen=True)
class Standing:
    """How the journal stands: facts in words, and whether a check found anything wrong."""

    facts: Sequence[Fact]
    faults: Sequence[str]


@staff_page
@require_GET
@transaction.atomic
def journal_page(request: HttpRequest) -> HttpResponse:
    """The journal, for whoever audits; that it was read is written down as well."""
    actor, now = actor_of(request), utc_now()
    require_act(actor, VIEW)
    form = JournalForm(request.GET, acts=known_acts())
    where = _where(form, request.GET) if form.is_valid() else JournalSearch(subject="\x1f")
    # The shield stands above every grant: of complaints about their own unit auditors read nothing.
    shut = shielded_refs(actor)
    where = replace(where, without=(*shut, *openings_of_cases(shut)))
    page = search_journal(where, page=page_of(request))
    seen = dict.fromkeys(one.subject_id for one in page.items if one.subject_type == "case")
    record_list(list(seen), door="journal", actor=actor, at=now)
    seal = last_seal()
    shown = {
        "standing": _standing(seal, last_check()),
        "is_unsealed": seal is None or now - seal.at > SILENCE,
        "unusual": _unusual(now),
        "unusual_columns": [
            Column(_("岗位")),
            Column(_("日期")),
            Column(_("查看次数"), is_number=True),
            Column(_("平日次数"), is_number=True),
        ],
        "form": form,
        "columns": [Column(_("时间")), Column(_("发生的事")), Column(_("对象")), Column(_("账号"))],
        "rows": [_row(one) for one in page.items],
        "page": page,
    }
    return render(request, "desk/journal.html", shown, status=422 if form.errors else 200)


def act_words(act: str) -> str:
    """Name what happened; what has no words keeps its code."""
    return str(ACT_WORDS.get(act) or _(FACT_WORDS.get(act, act)))


def _where(form: JournalForm, params: Mapping[str, str]) -> JournalSearch:
    said = form.cleaned_data
    return JournalSearch(
        row=said["mark"],
        subject=said["subject"],
        actor=said["actor"],
        act=said["act"],
        since=_midnight(said["since"]) if said["since"] else None,
        until=_midnight(said["until"] + timedelta(days=1)) if said["until"] else None,
        role=params.get("role", "").replace("\0", "")[:32],
        office=params.get("office", "").replace("\0", "")[:64],
    )


def _standing(seal: LastSeal | None, check: LastCheck | None) -> Standing:
    facts = [
        Fact(_("最近封印"), minute_words(seal.at) if seal else ""),
        Fact(_("封印编号"), seal.number if seal else ""),
        Fact(_("已封记录"), seal.rows if seal else ""),
        Fact(_("最近核验"), minute_words(check.at) if check else ""),
        Fact(_("核验结果"), _result(check) if check else ""),
    ]
    lang = get_language() or "zh-hans"
    return Standing(facts, [fault.text(lang) for fault in check.faults] if check else [])


def _result(check: LastCheck) -> str:
    if check.faults:
        return _("有 %(count)d 处问题") % {"count": len(check.faults)}
    return _("完好，核对了 %(rows)d 条") % {"rows": check.rows}


def _unusual(now: datetime) -> list[Row]:
    today = timezone.localdate(now)
    zone = str(timezone.get_current_timezone())
    found = unusual_days(today=today, midnight=_midnight(today), zone=zone)
    names = unit_names({one.office for one in found})
    return [_unusual_row(one, names) for one in found]


def _unusual_row(one: UnusualDay, names: Mapping[str, str]) -> Row:
    role = POLICY.roles[Role(one.role)].name(get_language() or "") if one.role in ROLES else ""
    rows = QueryDict(mutable=True)
    day = one.day.isoformat()
    rows.update({"act": "personal_data_viewed", "since": day, "until": day})
    rows.update({"role": one.role, "office": one.office})
    post = f"{names.get(one.office, one.office)} {role}".strip()
    return Row([post, day, one.count, f"{one.usual:g}"], url=f"?{rows.urlencode()}")


ROLES = frozenset(role.value for role in Role)


def _row(one: Record) -> Row:
    said = "、".join(
        f"{name}：{value}" for name, value in one.data.items() if value not in ("", [])
    )
    words = f"{act_words(one.event)}（{said}）" if said else act_words(one.event)
    return Row(
        [minute_words(one.at), words, f"{one.subject_type} {one.subject_id}", one.actor_name]
    )


def _short(value: object) -> object:
    """Write a long list as its length."""
    if isinstance(value, list):
        return " ".join(map(str, value)) if len(value) <= MOST_LISTED else len(value)
    return value


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
