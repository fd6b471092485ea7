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
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([apt, "update"], env=environment, check=False, **quiet)  # noqa: S603  # fixed words
        done = subprocess.run(  # noqa: S603  # fixed words
            [apt, "install", "--yes", "--no-install-recommends", *PACKAGES],
            env=environment,
            check=False,
            **quiet,
        )
        if done.returncode == 0:
            return
    sys.stdout.write(
        f"No browser: its tests are skipped. As root: apt-get install {' '.join(PACKAGES)}\n"
    )


def _has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    found = subprocess.run([lister, ":lang=zh"], capture_output=True, check=False)  # noqa: S603  # fixed words
    return bool(found.stdout)


if __name__ == "__main__":
    main()
