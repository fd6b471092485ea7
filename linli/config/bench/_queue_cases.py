"""Half-way states of what the town keeps: timers, wholes, records, an import that was cut off."""

from collections.abc import Callable, Sequence
from pathlib import Path

from linli.config.bench._crash_work import write_export
from linli.config.bench._whole import rows
from linli.config.importing import load_mapping
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.needs.services import import_messages, read_export
from linli.domain.vault.services import seal_person
from linli.kernel.clock import utc_now
from linli.kernel.ids import public_id

Sweep = Callable[[str], None]
LATE = """
UPDATE cases_timer SET fire_at = now() - interval '1 minute' WHERE fired_at IS NULL AND item_id IN
(SELECT w.id FROM cases_workitem w JOIN cases_case c ON c.id = w.case_id
WHERE c.public_id = '{}' AND w.state = 'open') RETURNING id"""
FIRED = "SELECT count(*) FROM cases_timer WHERE id IN ({}) AND fired_at IS NOT NULL"
# A version of the case's standard whose present stage waits for parts and then goes on by itself.
WAITING = """
WITH version AS (
    INSERT INTO catalogue_standardversion (pack_id, code, version, name, name_en, body, sha256,
        status, valid_from, valid_to, published_at)
    SELECT s.pack_id, s.code, 'planted', s.name, s.name_en, jsonb_set(
        s.body, ARRAY['stages', (place.ordinality - 1)::text, 'parts'],
        jsonb_build_object('matters', jsonb_build_array(m.code), 'join', 'all', 'then',
            place.value -> 'outcomes' -> 0 ->> 'code')
    ), 'planted', s.status, s.valid_from, s.valid_to, s.published_at
    FROM cases_case c JOIN catalogue_standardversion s ON s.id = c.standard_id
    JOIN catalogue_matter m ON m.id = c.matter_id,
    jsonb_array_elements(s.body -> 'stages') WITH ORDINALITY AS place
    WHERE c.public_id = '{ref}' AND place.value ->> 'key' = c.stage
    RETURNING id
)
UPDATE cases_case SET standard_id = version.id FROM version WHERE public_id = '{ref}'
RETURNING cases_case.stage"""
TIED = """
INSERT INTO cases_link (case_id, other_id, kind, linked_at, linked_by)
SELECT part.id, whole.id, 'part', now(), 'planted' FROM cases_case part, cases_case whole
WHERE part.public_id = '{part}' AND whole.public_id = '{whole}' RETURNING id"""
STAGE = "SELECT stage FROM cases_case WHERE public_id = '{}'"
RECORD = """
INSERT INTO ledgers_record (public_id, number, ledger, version_id, title, data, area_id, area_path,
    unit_ids, respondent_ids, search_text, confidentiality, is_public, status, state, review_due_on,
    created_at, created_by, updated_at, updated_by, seq)
SELECT '{ref}', '{ref}', v.code, v.id, 'planted', '{{}}', a.id, a.path, '{{}}', '{{}}', '',
    'ordinary', false, 'open', '', current_date, now(), 'planted', now(), 'planted', 0
FROM catalogue_ledgerversion v, places_area a
WHERE v.status = 'published' AND v.body ->> 'review' IS NOT NULL LIMIT 1 RETURNING id"""
REMINDED = """
SELECT count(*) FROM ledgers_recordevent WHERE record_id = {}
AND activity = 'record_review_reminded'"""
CARD = """
INSERT INTO care_careentry (case_id, number, kind, at, until, by_name, key)
SELECT id, 901, 'card', now(), now() - interval '1 minute', 'planted', 'planted'
FROM cases_case WHERE public_id = '{}' RETURNING id"""
WORDS = """
SELECT count(*) FROM vault_sealedfield f JOIN vault_datakey k ON k.id = f.key_id
WHERE k.subject = 'care:{}:901'"""
ERASED = "SELECT erased_at IS NOT NULL FROM care_careentry WHERE id = {}"
COUNT = "SELECT count(*), count(DISTINCT source_id) FROM needs_message WHERE source = 'crash'"


def ring_late(ref: str, sweep: Sweep) -> bool:
    """Let the timers of a case be due, and see them fired."""
    due = [str(timer) for (timer,) in rows(LATE.format(ref))]
    sweep("fire_timers")
    return bool(due) and rows(FIRED.format(", ".join(due)))[0][0] == len(due)


def joins_whole(whole: str, part: str, sweep: Sweep) -> bool:
    """Let a whole wait for a part that is closed, with nobody told, and see it go on."""
    before = rows(WAITING.format(ref=whole))[0][0]
    rows(TIED.format(part=part, whole=whole))
    sweep("join_parts")
    return bool(rows(STAGE.format(whole))[0][0] != before)


def reminds(sweep: Sweep) -> bool:
    """Keep a record that is due for review today, and see its unit reminded."""
    record = int(rows(RECORD.format(ref=public_id()))[0][0])
    sweep("remind_reviews")
    return bool(rows(REMINDED.format(record))[0][0] == 1)


def card_ends(ref: str, sweep: Sweep) -> bool:
    """Keep a crisis card of a case that has run out, and see its words destroyed."""
    card = int(rows(CARD.format(ref))[0][0])
    seal_person(f"care:{ref}:901", {"name": "planted"}, at=utc_now())
    is_sealed = rows(WORDS.format(ref))[0][0] > 0
    sweep("destroy_cards")
    is_gone = rows(WORDS.format(ref))[0][0] == 0
    return bool(is_sealed and is_gone and rows(ERASED.format(card))[0][0])


def import_again(messages: Sequence[dict[str, object]], folder: Path) -> bool:
    """Take in the first half of an export, then the whole; each row stands once."""
    export, mapping = (Path(name) for name in write_export(messages, folder))
    half = len(messages) // 2
    for most in (1, len(messages)):
        with export.open("rb") as file:
            at = utc_now()
            batches = import_messages(
                read_export(file, load_mapping(mapping), at=at).rows,
                actor=SYSTEM_ACTOR,
                at=at,
                size=half,
            )
            for count, _ in enumerate(batches, start=1):
                if count == most:
                    break
    return tuple(rows(COUNT)[0]) == (len(messages), len(messages))
