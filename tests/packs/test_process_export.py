"""Every shipped standard leaves as valid BPMN, in both languages.

Serves: R105 R106.
"""

import pytest

from linli.domain.catalogue.rules.charting import ChartWords, chart_of
from linli.domain.catalogue.rules.standard import StandardDef
from linli.methods.process.bpmn import bpmn_of, process_id
from linli.methods.process.picture import svg_of
from linli.methods.tests.bpmn_oracle import MODEL, read, spiff_spec
from tests.packs.shipped import NAMES, content_of

STANDARDS = [one for name in NAMES for one in content_of(name).standards]


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("body", STANDARDS, ids=lambda body: body.standard)
def test_it_is_valid_read_by_spiffworkflow_and_complete(body: StandardDef, lang: str):
    matters = {code: (code, "part") for s in body.stages if s.parts for code in s.parts.matters}
    chart = chart_of(body, ChartWords(lang=lang, matters=matters))
    text = bpmn_of(chart)
    root = read(text)
    spiff_spec(text, process_id(body.standard))

    tasks = {task.get("id") for task in root.iter(f"{MODEL}userTask")}
    rung = list(root.iter(f"{MODEL}boundaryEvent"))
    assert tasks == {f"stage_{stage.key}" for stage in body.stages}
    assert len(rung) == sum(len(stage.timers) for stage in body.stages)
    assert svg_of(chart).count("<g ") == len(body.stages) + chart.has_end
