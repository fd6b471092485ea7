"""A small sound pack, and ways to spoil it."""

from collections.abc import Mapping
from pathlib import Path

from linli.domain.catalogue.rules.loader import Loaded, load_pack
from linli.domain.catalogue.rules.references import Known

PACK = """\
pack: small
version: "2026.1"
title: 小包
title_en: Small pack
valid_from: 2026-01-01
"""

SOURCES = """\
- id: ours
  title: 自定
  seen_on: 2026-11-24
  confidence: unverified
- id: law-art1
  title: 某条例
  article: 第一条
  seen_on: 2026-11-24
  confidence: verified
"""

MATTERS = """\
- code: noise
  name: 噪声
  name_en: Noise
  standard: wish
  clock: general
  source: ours
  valid_from: 2026-01-01
  children:
    - code: noise.building
      name: 施工噪声
      name_en: Building noise
      source: ours
      valid_from: 2026-01-01
    - code: noise.dancing
      name: 广场舞噪声
      name_en: Dancing in squares
      clock: quick
      source: ours
      valid_from: 2026-01-01
"""

EXAMPLES = """\
- matter: noise.building
  texts:
    - 半夜工地还在打桩
    - 楼下装修电钻响个不停
"""

URGENCY = """\
- {word: 着火了, level: emergency, kind: fire, source: ours}
"""

CALENDAR = """\
year: 2026
region: CN
source: law-art1
status: confirmed
holidays:
  - {name: 元旦, name_en: New Year, from: 2026-01-01, to: 2026-01-03}
workdays:
  - 2026-01-04
"""

HOURS = """\
zone: Asia/Shanghai
periods:
  - {from: "09:00", to: "12:00"}
  - {from: "13:30", to: "17:30"}
valid_from: 2026-01-01
source: ours
"""

PARAMETERS = """\
- code: lights.yellow
  name: 黄灯
  name_en: Yellow light
  value: 0.7
  unit: share
  valid_from: 2026-01-01
  source: law-art1
"""

STANDARD = """\
standard: wish
version: "2026.1"
name: 心愿
name_en: Wish
valid_from: 2026-01-01
source: law-art1
confidentiality: ordinary
default_clock: general
clocks:
  - code: general
    name: 一般
    name_en: General
    limit: {value: 7, unit: natural_day, start: received, source: law-art1}
  - code: quick
    name: 快办
    name_en: Quick
    limit: {value: 4, unit: hour, start: received, source: law-art1}
fields:
  - {code: answer, name: 答复, name_en: Answer, kind: text}
stages:
  - key: look
    title: 查看
    title_en: Look
    role: clerk
    place: 窗口
    place_en: Desk
    content:
      - {text: 看一看, text_en: Look at it}
    limit: {value: 1, unit: working_day, start: opened, source: law-art1}
    outcomes:
      - {code: send, name: 转办, name_en: Send, to: work}
  - key: work
    title: 办理
    title_en: Work
    role: handler
    place: 现场
    place_en: On site
    content:
      - {text: 办一办, text_en: Do it}
    form: [answer]
    limit: {clock: case}
    outcomes:
      - {code: done, name: 办结, name_en: Done, to: closed}
    back:
      - {code: wrong, name: 退回, name_en: Back, to: look}
"""

SMALL: Mapping[str, str] = {
    "pack.yaml": PACK,
    "sources.yaml": SOURCES,
    "matters.yaml": MATTERS,
    "examples/noise.yaml": EXAMPLES,
    "urgency.yaml": URGENCY,
    "calendar/2026.yaml": CALENDAR,
    "hours.yaml": HOURS,
    "parameters.yaml": PARAMETERS,
    "standards/wish.yaml": STANDARD,
}


def edited(file: str, old: str, new: str) -> dict[str, str]:
    """The small pack with one piece of one file replaced, which must stand there once."""
    assert SMALL[file].count(old) == 1, f"{old!r} stands {SMALL[file].count(old)} times in {file}"
    return {**SMALL, file: SMALL[file].replace(old, new)}


def load(files: Mapping[str, str], known: Known | None = None) -> Loaded:
    """Read files given as text."""
    raw = {name: text.encode() for name, text in files.items()}
    return load_pack(raw, known or Known())


def said(files: Mapping[str, str], known: Known | None = None, lang: str = "en") -> list[str]:
    """Every fault of the files, as a person reads it."""
    return [fault.text(lang) for fault in load(files, known).problems]


def write(folder: Path, files: Mapping[str, str] = SMALL) -> Path:
    """Lay the files down in a folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
