"""Sets one document in a process of its own, which may die of it.

Run by its path, not imported: it knows nothing of Linli. The job's folder holds `main.typ` and
what that reads; nothing outside it is read but fonts. A line of JSON goes to standard output, then
the PDF. Arguments: folder, bytes of memory, seconds of CPU, most bytes of the PDF, and as JSON
lists of font families for body, title and headings, best first.

The network is shut by the kernel itself, because typst would fetch packages that a template names.
"""

import ctypes
import json
import platform
import re
import resource
import struct
import sys

# Numbers of system calls (Linux): socket, connect, sendto, sendmsg, execve, execveat, ptrace.
SHUT = {
    "x86_64": (0xC000003E, (41, 42, 44, 46, 59, 322, 101)),
    "aarch64": (0xC00000B7, (198, 203, 206, 211, 221, 281, 117)),
}
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # the second: EPERM
FOREIGN_CALLS = 0x40000000  # calls of the x32 kind
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2


def main(arguments: list[str]) -> None:
    """Confine the process, then set the document."""
    folder, memory, cpu, most, wanted = arguments
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu), int(cpu)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # what goes out is a pipe
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    shut_network()
    set_document(folder, most=int(most), wanted=json.loads(wanted))


def shut_network() -> None:
    """Have the kernel refuse sockets and other programs, for good; nothing where it cannot."""
    arch, calls = SHUT.get(platform.machine(), (0, ()))
    if not calls or sys.platform != "linux":
        return
    last = len(calls) + 4  # place of REFUSE; ALLOW stands before it
    steps = [(LOAD, 0, 0, 4), (EQUAL, 0, last - 2, arch), (LOAD, 0, 0, 0)]
    steps.append((AT_LEAST, last - 4, 0, FOREIGN_CALLS))
    for place, call in enumerate(calls, start=4):
        steps.append((EQUAL, last - place, 0, call))
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    program = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(steps), ctypes.addressof(program))
    libc = ctypes.CDLL(None)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(SECCOMP, FILTER, head, 0, 0)


def set_document(folder: str, *, most: int, wanted: dict[str, list[str]]) -> None:
    """Write the PDF out, or why there is none."""
    import typst  # noqa: PLC0415  # confined first

    fonts = typst.Fonts()
    there = set(fonts.families())
    found = {part: [name for name in names if name in there] for part, names in wanted.items()}
    if not all(found.values()):
        say({"fault": "no_font"})
        return
    try:
        made = typst.compile(
            f"{folder}/main.typ",
            root=folder,
            font_paths=fonts,
            sys_inputs={"fonts": json.dumps(found)},
            package_path=folder,
            package_cache_path=folder,
        )
    except typst.TypstError as error:
        reason = str(error.message).replace(folder, "")[:300]
        say({"fault": "template", "reason": reason, "line": line_of(error)})
        return
    if len(made) > most:
        say({"fault": "too_large"})
        return
    say({"bytes": len(made)})
    sys.stdout.buffer.write(made)


def line_of(error: Exception) -> int:
    """Line of the template at which typst stopped, from 1; our own line stands before it."""
    told = str(getattr(error, "diagnostic", ""))
    found = re.search(r"main\.typ:(\d+)", told)
    return max(1, int(found[1]) - 1) if found else 1


def say(told: dict[str, object]) -> None:
    """Write one line of JSON."""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
