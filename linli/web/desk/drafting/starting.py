"""What a new entry begins with, so that nobody starts from an empty page."""

from typing import Any

Plain = Any


def new_entry(area: str, code: str, day: str) -> dict[str, Plain]:
    """Return a first draft of an entry: sound where it can be, with words to be replaced."""
    named = {"name": "新名称", "name_en": "New name"}
    if area == "standards":
        return _standard(code, day)
    if area == "ledgers":
        return _ledger(code, day)
    if area == "matters":
        return {"code": code, **named, "source": "ours", "valid_from": day}
    if area == "sources":
        return {"id": code, "title": "新来源", "seen_on": day, "confidence": "unverified"}
    if area == "years":
        return {
            "year": int(code), "region": "CN", "source": "ours", "status": "provisional",
            "holidays": [], "workdays": [],
        }  # fmt: skip
    return {
        "code": code, **named, "value": 1, "unit": "times", "valid_from": day, "source": "ours",
        "note": "请写明理由。",
    }  # fmt: skip


def _standard(code: str, day: str) -> dict[str, Plain]:
    return {
        "standard": code,
        "version": f"{day[:4]}.1",
        "name": "新工单类型",
        "name_en": "New kind of case",
        "valid_from": day,
        "source": "ours",
        "confidentiality": "ordinary",
        "opened_by": ["clerk", "handler"],
        "default_clock": "plain",
        "clocks": [{"code": "plain", "name": "一般", "name_en": "Plain", "limit": _limit(10)}],
        "stages": [
            _stage("register", "登记", "Register", "clerk", "work"),
            _stage("work", "办理", "Work", "clerk", "closed"),
        ],
    }


def _stage(key: str, title: str, title_en: str, role: str, to: str) -> dict[str, Plain]:
    return {
        "key": key,
        "title": title,
        "title_en": title_en,
        "role": role,
        "place": "窗口",
        "place_en": "Desk",
        "content": [{"text": "写明这一步要查什么。", "text_en": "Say what is checked here."}],
        "limit": _limit(2),
        "outcomes": [{"code": "done", "name": "办妥", "name_en": "Done", "to": to}],
    }


def _limit(days: int) -> dict[str, Plain]:
    return {
        "value": days, "unit": "working_day", "start": "opened", "source": "ours",
        "confidence": "unverified", "note": "请写明理由。",
    }  # fmt: skip


def _ledger(code: str, day: str) -> dict[str, Plain]:
    return {
        "ledger": code,
        "version": f"{day[:4]}.1",
        "name": "新台账",
        "name_en": "New ledger",
        "purpose": "写明为什么要有这本台账。",
        "purpose_en": "Say what the ledger is for.",
        "valid_from": day,
        "source": "ours",
        "owner": {"roles": ["clerk"]},
        "visibility": "staff",
        "title_field": "name",
        "fields": [
            {"code": "name", "name": "名称", "name_en": "Name", "kind": "text",
             "required": True, "in_list": True},
        ],
    }  # fmt: skip
