"""Jobs that were given up: seen by whoever administers the system, tried again or put away.

Ids and kinds only: nothing of what anybody wrote stands here.

Serves: X02.
"""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.domain.access.services import require_act
from linli.domain.audit.selectors import failed_job, failed_jobs_page
from linli.domain.audit.services import retry_failed_job, settle_failed_job
from linli.kernel.clock import utc_now
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm
from linli.web.ui.listing import page_of

ACT = "organisation.manage"  # whoever administers the system
MOST = 100
MOST_DIGITS = 18


class DecideForm(LinliForm):
    """What becomes of one job."""

    job = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=gettext_lazy("怎么处理"),
        choices=[("retry", gettext_lazy("再试一次")), ("settle", gettext_lazy("不再试"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("不再试的理由"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("写明已怎样另行办理，或为什么不用办；不写个人信息"),
    )

    def clean(self) -> dict[str, object]:
        """Ask for the reason where the job is put away."""
        said = super().clean() or self.cleaned_data
        if said.get("decision") == "settle" and not str(said.get("reason", "")).strip():
            self.add_error("reason", _("没有写明理由，任务没有收起。请写一句再提交。"))
        return said


@staff_page
@require_http_methods(["GET", "POST"])
def jobs_page(request: HttpRequest) -> HttpResponse:
    """List the jobs, the last one given up first; one is chosen by its number."""
    actor, now = actor_of(request), utc_now()
    require_act(actor, ACT)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["decision"] == "retry":
            retry_failed_job(said["job"], actor=actor, at=now)
            messages.success(request, _("已重新排队。"))
        else:
            settle_failed_job(said["job"], reason=said["reason"].strip(), actor=actor, at=now)
            messages.success(request, _("已收起，理由记入流水。"))
        return redirect("desk:jobs")
    page = failed_jobs_page(page_of(request), size=MOST)
    chosen = request.GET.get("job", "") or request.POST.get("job", "")
    job = failed_job(_number(chosen))
    shown = {"page": page, "now": now, "job": job}
    shown["form"] = form if form.is_bound else DecideForm(initial={"job": chosen})
    return render(request, "desk/jobs.html", shown, status=422 if form.errors else 200)


def _number(said: str) -> int:
    """Read a number of an address; what is none is 0, which nothing bears."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else 0
