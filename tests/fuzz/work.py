"""Lists the parsers, or feeds one of them: the process that `linli bench fuzz` looks at."""

import json
import sys

import django

django.setup()

from linli.config.bench._fuzz_lanes import work  # noqa: E402  # after Django
from tests.fuzz.targets import TARGETS, named  # noqa: E402  # after Django

if __name__ == "__main__":
    if len(sys.argv) > 1:
        work(named(sys.argv[1]), sys.argv[2:])
    else:
        listed = [
            {"name": one.name, "share": one.share, "begins": len(one.seeds)} for one in TARGETS
        ]
        sys.stdout.write(json.dumps(listed))
