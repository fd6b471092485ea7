"""Charts to draw: one by hand, and any number by chance."""

from hypothesis import strategies as st

from linli.methods.process.chart import Alarm, Chart, Children, Flow, Lane, Task

ODD = "办<理>&\"查'看😀" + "很长的名称" * 38 + "\x07\ud800"


def demand() -> Chart:
    """A demand as offices handle it: joint handling, return, objection, follow-up."""
    rings = (
        Alarm("提醒", "70%", "用去时限的 70% 时提醒", "PT5040S"),
        Alarm("督办", "150%", "用去时限的 150% 时督办"),
    )
    return Chart(
        key="demand",
        version="2026.1",
        title="群众诉求办理",
        lang="zh-hans",
        lanes=(Lane("clerk", "受理"), Lane("handler", "承办"), Lane("supervisor", "督办")),
        tasks=(
            Task("triage", "受理派单", "clerk", "2小时", notes=("时限：2小时", "检查项：问清")),
            Task("handle", "承办", "handler", "7天", True, "主办", alarms=rings),
            Task("objection", "异议审核", "supervisor"),
            Task("follow_up", "回访", "clerk", children=Children("子事项", "part", "")),
        ),
        flows=(
            Flow("triage", "handle", "dispatch", "派单"),
            Flow("triage", None, "route", "告知途径"),
            Flow("handle", "follow_up", "answer", "办结答复"),
            Flow("handle", "objection", "return", "退单", is_back=True),
            Flow("objection", "handle", "reject", "维持"),
            Flow("objection", "triage", "uphold", "成立", is_back=True),
            Flow("follow_up", None, "solved", "已解决"),
            Flow("follow_up", "handle", "unsolved", "未解决", "金额 ≥ 5", is_back=True),
        ),
    )


words = st.text(min_size=0, max_size=40).map(lambda text: f"名{text}")


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Charts of up to eight tasks with any ways between them, named in any characters."""
    keys = [f"t{number}" for number in range(draw(st.integers(1, 8)))]
    lanes = tuple(Lane(f"l{number}", draw(words)) for number in range(draw(st.integers(1, 3))))
    ends = st.sampled_from([*keys, None])
    alarms = st.lists(st.builds(Alarm, words, words, words), max_size=5).map(tuple)
    children = st.builds(Children, words, st.just("other"), st.sampled_from([*keys, "", None]))
    tasks = tuple(
        Task(
            key=key,
            title=draw(words),
            lane=draw(st.sampled_from(lanes)).key,
            is_many=draw(st.booleans()),
            alarms=draw(alarms),
            children=draw(st.none() | children),
        )
        for key in keys
    )
    flows = st.builds(Flow, st.sampled_from(keys), ends, words, words, words, st.booleans())
    ways = tuple(draw(st.lists(flows, max_size=20)))
    return Chart("any", "2026.1", draw(words), "zh-hans", lanes, tasks, ways)
