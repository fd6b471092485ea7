"""A document is made from its template: words gathered, set once to see that it can be, kept.

Serves: R105 R109.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require
from linli.domain.cases.events import DocumentMade
from linli.domain.cases.models import Case, CaseEvent, Document
from linli.domain.cases.rules.answers import Answer, faults_in, is_blank
from linli.domain.cases.selectors.detail import case_for
from linli.domain.cases.selectors.document_words import Asked, rows_of, texts_of
from linli.domain.cases.selectors.documents import documents_offered, fields_asked, made_from
from linli.domain.cases.services.steps import (
    is_repeat,
    lock_for,
    require_open_words,
    require_working,
    write,
)
from linli.domain.catalogue.selectors import DocumentDef
from linli.domain.catalogue.selectors.templates import PERSON, TemplateDef, template_of
from linli.kernel.documents.typesetting import Words
from linli.kernel.errors import NotFound, RejectedTogether, WrongState
from linli.kernel.ids import public_id

ACT = "case.note"
MOST_OF_A_CASE = 200  # documents; nobody makes as many by hand


def make_document(
    ref: str, code: str, *, said: Mapping[str, Answer], actor: Actor, at: datetime, key: str
) -> Document:
    """Make a document that the present stage of a case offers.

    Parameters
    ----------
    code : of the standard's document. said : name of a word of `fields_asked` → answer.

    It is set before the case is locked, so that nobody waits for that. Records DocumentMade.
    Raises NotFound, NotPermitted, WrongState where the stage does not offer it, RejectedTogether,
    SecretMarked, TemplateFailed, NoChineseFont, DocumentTooLarge, DocumentsBusy.
    """
    case = case_for(actor, ref)
    require(actor, ACT, case)
    if is_repeat(case, key):
        return _made_by(case, key)
    document, template = _offered(case, code)
    given = {name: answer for name, answer in said.items() if not is_blank(answer)}
    if faults := list(faults_in(fields_asked(case, document), given)):
        raise RejectedTogether(faults)
    require_open_words(*given.values())
    asked = Asked(case, document, given, actor, at)
    texts, rows = _used(template, texts_of(asked)), rows_of(asked)
    kept = {name: listed for name, listed in rows.items() if name in template.names}
    made_from(template, Words(texts, kept))
    return _kept(asked, template, {"texts": texts, "rows": kept}, key)


@transaction.atomic
def _kept(asked: Asked, template: TemplateDef, words: dict[str, object], key: str) -> Document:
    actor, at = asked.actor, asked.at
    case = lock_for(asked.case.public_id, act=ACT, actor=actor)
    if is_repeat(case, key):
        return _made_by(case, key)
    require_working(case, actor, ACT, or_done=True)
    _offered(case, asked.document.code)
    if Document.objects.filter(case=case).count() >= MOST_OF_A_CASE:
        raise _too_many()
    document = Document.objects.create(
        public_id=public_id(),
        case=case,
        code=asked.document.code,
        template=template.template,
        template_sha256=template.sha256,
        words=words,
        sha256=_sha256(template, words),
        names_reporter=bool(template.names & PERSON),
        stage=case.stage,
        made_at=at,
        made_by=actor.user_id,
        made_by_name=actor.name,
    )
    fact = DocumentMade(
        case.public_id, document.public_id, document.code, template.sha256, document.sha256
    )
    write(case, fact, actor=actor, at=at, key=key)
    return document


def _offered(case: Case, code: str) -> tuple[DocumentDef, TemplateDef]:
    """The document and its template. Raises NotFound, WrongState."""
    known = case.standard.definition.document(code)
    template = template_of(case.standard, known.template) if known else None
    if known is None or template is None:
        raise NotFound
    if known.code not in {one.code for one in documents_offered(case)}:
        raise WrongState(
            f"工单现在的环节不出具“{known.name}”，没有生成。请刷新页面查看现在可以出具的文书。",
            f"The stage that the case is in does not bring forth “{known.name_en}”, so it was not "
            "made. Reload to see which documents it does.",
        )
    return known, template


def _used(template: TemplateDef, texts: Mapping[str, str]) -> dict[str, str]:
    """Keep no more words than the template names."""
    wanted = template.names | {"document.name"}
    return {name: text for name, text in texts.items() if name in wanted}


def _made_by(case: Case, key: str) -> Document:
    event = CaseEvent.objects.get(case=case, key=key)
    return Document.objects.get(case=case, public_id=event.attrs.get("document", ""))


def _sha256(template: TemplateDef, words: Mapping[str, object]) -> str:
    told = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{template.sha256}\n{told}".encode()).hexdigest()


def _too_many() -> WrongState:
    return WrongState(
        f"这件工单已有 {MOST_OF_A_CASE} 份文书，没有再生成。请使用已有的文书。",
        f"The case has {MOST_OF_A_CASE} documents already, so no other was made. Use those.",
    )
