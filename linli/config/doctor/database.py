"""The server: which it is, whether it keeps what it confirms, whether roles are apart."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from linli.config import options
from linli.config.database.migrating import pending
from linli.config.database.roles import EXTENSIONS, LEAKPROOF, OWNER_ROLE, ROLES, Role
from linli.config.doctor.finding import Finding

LEAST_MAJOR = 15
WEB_ROLE = "linli_web"
DURABLE = ("fsync", "full_page_writes", "data_checksums")
CONTRIB = "postgresql-contrib (Debian), then as superuser"


def database_findings() -> Iterator[Finding]:
    """Yield what concerns the database server."""
    yield _server()
    yield _place()
    yield from _extensions()
    yield from _roles()
    yield from _wall()
    yield from _durability()
    yield _chinese_search()
    yield _migrations()


def _one(query: str, *values: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row[0] if row else None


def _server() -> Finding:
    version = str(_one("SHOW server_version"))
    is_new_enough = int(str(_one("SHOW server_version_num"))) >= LEAST_MAJOR * 10_000
    kind = ("外部", "given") if options.text("LINLI_DATABASE_URL") else ("内置", "embedded")
    return Finding(
        is_new_enough,
        f"PostgreSQL {version}（{kind[0]}）",
        f"PostgreSQL {version} ({kind[1]})",
        "" if is_new_enough else f"PostgreSQL ≥ {LEAST_MAJOR}",
    )


def _place() -> Finding:
    default = settings.DATABASES["default"]
    said = f"{default['HOST'] or '--'} · {default['NAME']} · {_one('SELECT current_user')}"
    return Finding(True, f"连接 {said}", f"Connected to {said}")


def _extensions() -> Iterator[Finding]:
    for name in EXTENSIONS:
        version = _one("SELECT extversion FROM pg_extension WHERE extname = %s", name)
        yield Finding(
            version is not None,
            f"扩展 {name} {version or '未安装'}",
            f"Extension {name} {version or 'is missing'}",
            "" if version else f"{CONTRIB}: CREATE EXTENSION {name};",
        )


def _roles() -> Iterator[Finding]:
    for role in ROLES:
        advice = _advice_on(role)
        yield Finding(
            not advice,
            f"角色 {role.name}：{role.purpose_zh}",
            f"Role {role.name}: {role.purpose_en}",
            advice,
        )


def _advice_on(role: Role) -> str:
    is_plain = _one(
        "SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = %s", role.name
    )
    if is_plain is None:
        return f"CREATE ROLE {role.name} {role.attributes};"
    if not is_plain:
        return f"ALTER ROLE {role.name} NOSUPERUSER NOBYPASSRLS;"
    owned = _one(
        "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
        "WHERE c.relkind = 'r' AND r.rolname = %s",
        role.name,
    )
    if role.name != OWNER_ROLE and owned:
        return f"REASSIGN OWNED BY {role.name} TO {OWNER_ROLE};"
    return ""


def _wall() -> Iterator[Finding]:
    """What the second wall needs: a role that it holds for, and operators that use indexes."""
    name = str(_one("SELECT current_user"))
    is_held = settings.LINLI_ROLE != "web" or name == WEB_ROLE
    yield Finding(
        is_held,
        f"网页进程用数据库角色 {name}" + ("" if is_held else "，行级隔离对它无效"),
        f"Pages use the role {name}" + ("" if is_held else ", which passes the second wall"),
        "" if is_held else f"LINLI_DATABASE_URL → {WEB_ROLE}",
    )
    slow = [
        f"ALTER FUNCTION pg_catalog.{function} LEAKPROOF;"
        for function in LEAKPROOF
        if not _one("SELECT proleakproof FROM pg_proc WHERE oid = %s::regprocedure", function)
    ]
    yield Finding(
        not slow,
        "行级隔离之下检索可用索引" if not slow else "行级隔离之下检索不用索引，会变慢",
        "Searches use indexes behind the wall" if not slow else "Searches are slow behind the wall",
        " ".join(slow),
    )


def _durability() -> Iterator[Finding]:
    for name in DURABLE:
        value = str(_one("SELECT current_setting(%s)", name))
        advice = "" if value == "on" else f"{name} = on"
        yield Finding(value == "on", f"{name} = {value}", f"{name} = {value}", advice)
    commit = str(_one("SHOW synchronous_commit"))
    said = f"synchronous_commit = {commit}"
    # `local` and `remote_*` also wait for our own disk; only off confirms what may be lost.
    yield Finding(commit != "off", said, said, "" if commit != "off" else "synchronous_commit = on")


def _chinese_search() -> Finding:
    found = _one("SELECT cardinality(show_trgm('邻里'))") if _has_trigrams() else 0
    return Finding(
        bool(found),
        "中文检索可用" if found else "数据库的 LC_CTYPE 不认汉字，检索不到中文",
        "Chinese text can be searched" if found else "LC_CTYPE knows no 汉字: nothing is found",
        "" if found else "CREATE DATABASE … LC_CTYPE 'C.UTF-8' TEMPLATE template0;",
    )


def _has_trigrams() -> bool:
    return bool(_one("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'"))


def _migrations() -> Finding:
    waiting = pending()
    return Finding(
        not waiting,
        f"未执行的迁移 {len(waiting)} 个" if waiting else "表结构是最新的",
        f"{len(waiting)} migrations wait" if waiting else "The tables are of this version",
        "linli migrate" if waiting else "",
    )
