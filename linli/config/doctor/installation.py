"""The program, its folder and what set-up must have fetched."""

import platform
import shutil
import stat
from collections.abc import Iterator

from django.conf import settings

from linli.config import assets
from linli.config.doctor.finding import Finding
from linli.config.messages import LOCALE

ENOUGH_FREE_MB = 1024


def installation_findings() -> Iterator[Finding]:
    """Yield what concerns this machine and folder."""
    yield Finding(
        True,
        f"Python {platform.python_version()}，模式 {settings.LINLI_ENV}",
        f"Python {platform.python_version()}, mode {settings.LINLI_ENV}",
    )
    yield _home()
    yield _space()
    yield _assets()


def _home() -> Finding:
    home = settings.LINLI_HOME
    mode = stat.S_IMODE(home.stat().st_mode) if home.exists() else 0o700
    is_closed = mode & 0o077 == 0
    return Finding(
        is_closed,
        f"数据目录 {home}（{mode:o}）",
        f"Data folder {home} ({mode:o})",
        "" if is_closed else f"chmod 700 {home}",
    )


def _space() -> Finding:
    folder = settings.LINLI_HOME if settings.LINLI_HOME.exists() else settings.BASE_DIR
    free_mb = shutil.disk_usage(folder).free // 2**20
    is_enough = free_mb >= ENOUGH_FREE_MB
    advice = "" if is_enough else f"≥ {ENOUGH_FREE_MB} MB"
    return Finding(is_enough, f"剩余磁盘 {free_mb} MB", f"{free_mb} MB of disk free", advice)


def _assets() -> Finding:
    missing = assets.missing()
    if not (LOCALE / "en" / "LC_MESSAGES" / "django.mo").exists():
        missing.append("django.mo")
    lacking = ", ".join(missing)
    return Finding(
        not missing,
        f"页面文件缺少 {lacking}" if missing else "页面文件齐全",
        f"The pages lack {lacking}" if missing else "The pages have what they load",
        "linli assets" if missing else "",
    )
