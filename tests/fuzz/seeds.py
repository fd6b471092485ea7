"""Sound inputs from which the fuzzer begins; all made up here."""

import base64
import gzip
import io
import json
import tarfile
from collections.abc import Mapping

from PIL import Image

from tests.fuzz.readers import in_one
from tests.hostile.books import END, book, cell, parts

TABLE = (
    "工单编号,受理时间,诉求内容,经度,纬度\r\n"
    "A-1,2026-08-01 08:07:11,路灯不亮,120.1,30.2\r\n"
    'A-2,2026年8月1日下午3点,"门口, 有""积水""\n两天了",,\r\n'
    "A-3,20260801,楼道堆物,1e2,-0\r\n"
)
TABLES = (
    TABLE.encode(),
    TABLE.encode("gb18030"),
    TABLE.encode("utf-16"),
    ("\ufeff" + TABLE.replace(",", ";")).encode(),
    b'a\tb\n1\t2\n"x\n\n3\t4\n',
)
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c><c r="B1" t="s"><v>0</v></c></row>'
    '<row r="3"><c r="A3"><v>46000.5</v></c><c r="B3" t="b"><v>1</v></c>'
    '<c r="C3" t="e"><v>#N/A</v></c><c r="D3" t="str"><f>1+1</f><v>2</v></c>'
    '<c r="E3" s="1"><v>46000.25</v></c><c r="F3" t="d"><v>2026-01-31T10:00:00</v></c></row>'
)
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
ODS = {
    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": (
        f'<office:document-content xmlns:office="{OPEN}office:1.0" xmlns:table="{OPEN}table:1.0" '
        f'xmlns:text="{OPEN}text:1.0"><office:body><office:spreadsheet><table:table '
        'table:name="a"><table:table-row><table:table-cell office:value-type="string"><text:p>编号'
        '</text:p></table:table-cell><table:table-cell office:value-type="float" '
        'office:value="1.5"/><table:table-cell office:value-type="date" '
        'office:date-value="2026-01-31T10:00:00" table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT10H0M0S"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    ).encode(),
    "META-INF/manifest.xml": b"<manifest/>",
}


def _members(made: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {k: v.encode() if isinstance(v, str) else v for k, v in made.items()}


XLSX = _members(parts(ROWS) | {"xl/styles.xml": STYLES})
BOOKS = (book(XLSX), book(parts(cell("B7"))), book(ODS))
BOOK_PARTS = (in_one(XLSX), in_one(ODS))
ZIPS = (*BOOKS, END + bytes(18))


def _picture(kind: str, mode: str, **how: object) -> bytes:
    out = io.BytesIO()
    drawn = Image.new("RGB", (9, 7), (200, 30, 60))
    drawn.putpixel((3, 3), (0, 255, 0))
    drawn.convert(mode).save(out, kind, **how)  # type: ignore[arg-type]  # what each format takes
    return out.getvalue()


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "x"
    return exif.tobytes()


PNGS = (
    *(_picture("PNG", mode) for mode in ("RGB", "RGBA", "P", "L", "1", "LA", "I;16")),
    _picture("PNG", "P", transparency=b"\0\x80", exif=_turned()),
)
PICTURES = (
    *PNGS[:4],
    _picture("JPEG", "RGB", exif=_turned()),
    _picture("JPEG", "CMYK", progressive=True),
    _picture("JPEG", "L"),
    _picture("WEBP", "RGB", lossless=True, exif=_turned()),
    _picture("WEBP", "RGBA", quality=10),
)
SQUARE = [[[120.0, 30.0], [120.1, 30.0], [120.1, 30.1], [120.0, 30.1], [120.0, 30.0]]]
HOLE = [[120.02, 30.02], [120.04, 30.02], [120.04, 30.04], [120.02, 30.02]]


def _feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


FEATURES = tuple(
    json.dumps(
        {"type": "FeatureCollection", **more, "features": listed}, ensure_ascii=False
    ).encode()
    for more, listed in (
        (
            {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}},
            [_feature({"type": "Polygon", "coordinates": SQUARE}, code="990101001001", name="甲")],
        ),
        (
            {},
            [
                _feature(
                    {"type": "MultiPolygon", "coordinates": [[*SQUARE, HOLE]]},
                    网格编码=990101001002,
                    kind="网格",
                    valid_from="2026-01-01",
                ),
                _feature({"type": "Point", "coordinates": [1, 2]}, code="1"),
            ],
        ),
    )
)
AREAS = (
    "代码,名称,上级,级别,经度,纬度,启用日期\n990101001,东街街道,990101,街道,120.1,30.2,2026-01-01\n"
    "９９０１０１００１００１,一社区,,社区,,,\n".encode(),
    "code;name;kind\n99;甲省;province\n".encode("gb18030"),
)
LANDMARKS = ("name,area,kind,lng,lat\n老菜场,990101001,market,120.1,30.2\n东门,,,,\n".encode(),)
UNITS = (
    """units:
  - code: street
    name: 东街街道办事处
    kind: street_office
    area: "990101001"
    valid_from: 2026-01-01
    posts: [{code: head, name: 主任, role: handler}]
  - {code: works, name: 市政所, kind: department, area: "990101", parent: street, phone: 027-1}
""".encode(),
)
DUTIES = (
    """source: list-2026
valid_from: 2026-01-01
duties:
  - {matter: construction.property, area: "990101", lead: works, assistants: [street],
    nature: 基本履职}
  - matter: environment
    lead: street
    legal_basis: 某某办法第三条
    confidence: unverified
    valid_to: 2026-12-31
""".encode(),
)
MAPPINGS = (
    """source: city_hotline
channel: hotline
columns: {body: 诉求内容, title: 标题, source_id: 工单编号, received_at: 受理时间, phone: 联系电话}
petition_types: {投诉: complaint, 求助: help}
areas: {老城片区: "990101002"}
urgencies: {特急: emergency}
confidential: [是]
timezone: Asia/Shanghai
encoding: gb18030
outcome:
  columns: {closed_at: 办结时间, unit: 承办单位, solved: 是否解决}
  units: {市政所: works}
  solved: {是: solved}
  otherwise: done
""".encode(),
)
PACKS_MADE: Mapping[str, str] = {
    "pack.yaml": 'pack: town\nversion: "2026.1"\ntitle: 某镇\ntitle_en: A town\n'
    "valid_from: 2026-01-01\nrequires: []\nserves: [R014]\n",
    "sources.yaml": "- {id: ours, title: 本项目, seen_on: 2026-01-01, confidence: unverified}\n"
    "- {id: notice, title: 通知, number: 1号, seen_on: 2026-01-01, confidence: verified, "
    "url: https://example.org/a}\n",
    "hours.yaml": "region: CN\nzone: Asia/Shanghai\nperiods:\n"
    '  - {from: "09:00", to: "12:00"}\nvalid_from: 2026-01-01\n'
    "source: ours\nconfidence: unverified\nnote: 常见的作息。\n",
    "calendar/2026.yaml": "year: 2026\nregion: CN\nsource: notice\nstatus: confirmed\nholidays:\n"
    "  - {name: 元旦, name_en: New Year, from: 2026-01-01, to: 2026-01-03}\n"
    "workdays: [2026-01-04]\n",
    "urgency.yaml": "- {word: 着火, level: emergency, kind: fire, source: ours, note: 火情。}\n",
    "parameters.yaml": "- {code: a.b, name: 某数, name_en: Number, value: 0.35, unit: share, "
    "valid_from: 2026-01-01, source: ours, confidence: unverified, note: 暂取。}\n",
    "matters.yaml": "- code: roads\n  name: 道路\n  name_en: Roads\n  source: ours\n"
    "  valid_from: 2026-01-01\n  synonyms: [路灯]\n  children:\n    - {code: roads.lamps, "
    "name: 路灯, name_en: Lamps, source: ours, valid_from: 2026-01-01}\n",
    "examples/a.yaml": "- matter: roads.lamps\n  texts: [路灯坏了三天, 晚上看不见路]\n",
    "ledgers/place.yaml": 'ledger: place\nversion: "2026.1"\nname: 议事点\nname_en: Places\n'
    "serves: [R017]\nvalid_from: 2026-01-01\nsource: ours\nconfidence: unverified\n"
    "note: 自编。\npurpose: 公开可供居民议事的场所。\npurpose_en: Rooms to meet in.\n"
    "title_field: title\nkey_field: title\nvisibility: public\n"
    "owner: {roles: [clerk], unit_kinds: [community]}\nfields:\n"
    "  - {code: title, name: 名称, name_en: Name, kind: text, required: true, unique: true}\n"
    "  - {code: seats, name: 座位, name_en: Seats, kind: number, at_least: 1, at_most: 20}\n"
    "states: [{code: open, name: 可用, name_en: Open}, {code: shut, name: 停用, name_en: Shut, "
    "ends: true}]\nmoves: [{code: shut_down, name: 停用, name_en: Shut down, from: [open], "
    "to: shut}]\n",
}
PACKS = (
    in_one({name: text.encode() for name, text in PACKS_MADE.items()}),
    *(in_one({name: text.encode()}) for name, text in PACKS_MADE.items()),
)
GZIPS = tuple(gzip.compress(table, mtime=0) for table in TABLES[:2])
_FIELDS = (
    *("body", "title", "source_id", "received_at", "reporter_name", "phone", "petition_type"),
    *("address", "channel", "area", "lng", "lat", "matter", "urgency", "confidential"),
)
_ENDS = (
    *("closed_at", "unit", "co_units", "dispatched_at", "contacted_at", "answered_at", "answer"),
    *("outcome", "solved", "satisfied", "comment"),
)
ROW_MAPPING = json.dumps(
    {
        "source": "city_hotline",
        "columns": {name: name for name in _FIELDS},
        "petition_types": {"求助": "help"},
        "urgencies": {"2": "urgent"},
        "confidential": ["1"],
        "outcome": {"columns": {name: name for name in _ENDS}, "solved": {"1": "solved"}},
    },
    ensure_ascii=False,
).encode()
ROWS_OF_EXPORT = (
    (
        "h" + ",h" * 25 + "\n路灯不亮,路灯,A-1,2026-08-01 08:07:11,林女士,13800001234,求助,"
        "学府路12号,web,东街,120.1,30.2,roads,2,1,2026-08-02,works,水务、电力,20260801,46235.5,"
        "2026年8月1日下午3点,已更换。,done,1,,谢谢\n"
    ).encode(),
)
MESSAGES = (
    json.dumps(
        {
            **{"body": "学府路口的路灯坏了三天。", "title": "路灯", "address": "学府路 12 号"},
            **{"area": "9901", "lng": 120.1, "lat": 30.2, "channel": "api"},
            **{"received_at": "2026-11-24T08:30:00+08:00", "reporter_name": "王女士"},
            **{"reporter_phone": "13800000000", "source": "a", "source_id": "A-1"},
        }
    ).encode(),
    b'{"body": "a"}',
)
OUTCOMES = (
    b'{"outcome": "answer", "reason": "a",'
    b' "result": {"line": "a", "yes_no": true, "choices": "a"}}',
)
ANSWERS = (
    b'{"line": "a", "text": "b", "yes_no": true, "date": "2026-01-31", "number": 3, "choice": "a",'
    b' "datetime": "2026-01-31T10:00:00", "choices": ["a"]}',
)
RECORDS = (
    json.dumps(
        {
            **{
                "title": "甲",
                "place": "9901",
                "seats": "1,200座",
                "taken": 9,
                "rent": "￥1,234.5元",
            },
            **{"opened": "2026年1月3日", "shuts": "2026-12-31", "kind": "礼堂", "uses": ["议事"]},
            **{"step_free": "是", "spot": "116.4,39.9", "page": "https://example.org/a"},
            **{"basis": {"source": "9901", "article": "1"}, "keeper": "9901", "phone": "027-1"},
        }
    ).encode(),
    '{"title":"甲","place":"东街","spot":{"lng":1,"lat":2},"basis":"9901 第三条"}'.encode(),
)
MOMENTS = tuple(
    text.encode()
    for text in (
        "2026-08-01 08:07:11",
        "２０２６年8月1日下午3点15分",
        "2026/8/1 2:15 pm",
        "20260801 0807",
        "46235.5",
        "2026-08-01T08:07:11.5+08:00",
        "2026.8.1 凌晨12时",
    )
)
TEXTS = tuple(
    text.encode()
    for text in (
        "东街社区三楼着火了，万一漏水怎么办？林女士，尾号1234，电话一三八 0000 1234。",
        "感谢！请问居住证怎么办理？\r\n\r\n\r\n<b>=1+1</b> ＡＢＣ　１２３",
        "机密★１０年\n关于某工程的情况",
    )
)
SEARCHES = (b"20261124-000123-7", "路灯 坏了".encode(), b"abcd efgh 1o2l 3456")
PHONES = ("＋86 138-0000-1234".encode(), b"010-65550000 ext 12", "12345转6".encode())
CURSORS = tuple(
    base64.urlsafe_b64encode(text).rstrip(b"=")
    for text in (b'["a", 1]', b"[1.5, 2]", b'["2026-11-25T08:00:00+00:00", 3]')
)
ADDRESSES = (
    b"since=2026-01-01&until=2026-12-31&closed_since=2026-01-01&closed_until=2026-01-02&due=today",
    b"due=overdue&at=2026-11-25T08:00:00%2B08:00",
)


def _home() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        listed = b'{"after": null, "paths": ["a/b"]}'
        for name, content in ((".linli-files.json", listed), ("a/b", b"x" * 30)):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(content), 0o600
            tar.addfile(member, io.BytesIO(content))
    return out.getvalue()


HOMES = (_home(), gzip.decompress(_home()))
