"""Gets a browser and Chinese fonts for the browser tests where Debian's packages can be had."""

import os
import shutil
import subprocess
import sys

PACKAGES = ("chromium", "fonts-noto-cjk")


def main() -> None:
    """Install what is missing as root; say in one line what is skipped otherwise."""
    if shutil.which("chromium") and _has_chinese_font():
        return
    apt = shutil.which("apt-get")
    if os.geteuid() == 0 and apt is not None:
        _run(apt, "update")
        if _run(apt, "install", "--yes", "--no-install-recommends", *PACKAGES).returncode == 0:
            return
    sys.stdout.write(
        f"No browser: its tests are skipped. As root: apt-get install {' '.join(PACKAGES)}\n"
    )


def _has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    return lister is not None and bool(_run(lister, ":lang=zh").stdout)


def _run(*command: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603  # fixed words


if __name__ == "__main__":
    main()
