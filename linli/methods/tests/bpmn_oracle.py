"""Second opinions on BPMN: the OMG's schema, and SpiffWorkflow's reader (development only)."""

from functools import lru_cache
from pathlib import Path

import SpiffWorkflow
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

SCHEMAS = Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema"
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "BPMN20.xsd")))


def read(text: str) -> etree._Element:
    """The document, held against the OMG's schema."""
    root = etree.fromstring(text.encode())
    schema().assertValid(root)
    return root


def spiff_spec(text: str, process: str) -> BpmnProcessSpec:
    """What SpiffWorkflow makes of it, as if it were for running."""
    parser = BpmnParser()
    parser.add_bpmn_str(text.replace('isExecutable="false"', 'isExecutable="true"').encode())
    return parser.get_spec(process)
