"""流水 · The journal of what happened."""

import os
import sys
from pathlib import Path

import click

from linli.config.cli._database import database
from linli.config.cli._speech import language, say
from linli.kernel.clock import utc_now


@click.group()
def command() -> None:
    """核验流水。The journal of what happened."""


@command.command()
@click.option("--faults", default=100, show_default=True, help="stop after so many faults")
@click.option("--since", default=0, help="only what came after this seal")
@click.option(
    "--processes",
    default=0,
    help="share the work among so many; 0 for one a core",
)
def verify(faults: int, since: int, processes: int) -> None:
    """对照封印逐条核验流水，指出被改、缺失、插入或错序的记录。Find altered, missing, moved rows."""
    with database("audit"):
        from linli.domain.audit.selectors import anchor_store, seal_keys
        from linli.domain.audit.services import check_journal

        report = check_journal(
            anchor_store(),
            seal_keys(),
            actor=_shell(),
            at=utc_now(),
            since=since,
            processes=processes or len(os.sched_getaffinity(0)),
            limit_faults=faults,
        )
        for fault in report.faults:
            click.echo(fault.text(language()))
        for seal in report.restarts:
            say(
                f"第 {seal.number} 号封印（{seal.at}）起重新开始：{seal.restart}",
                f"Begun anew with seal {seal.number} ({seal.at}): {seal.restart}",
            )
    say(
        f"核验 {report.checked} 条（其中 {report.unsealed} 条尚未封印）、封印 {report.seals} 个，"
        f"问题 {len(report.faults)} 处。",
        f"{report.checked} rows checked ({report.unsealed} of them not sealed yet), "
        f"{report.seals} seals, {len(report.faults)} faults.",
    )
    sys.exit(0 if report.is_whole else 1)


@command.command()
@click.option("--restart", default="", metavar="REASON", help="begin anew after a restore")
def seal(restart: str) -> None:
    """立即封印。Seal what has been written, now."""
    with database("worker"):
        from linli.domain.audit.selectors import anchor_store, seal_keys
        from linli.domain.audit.services import restart_seals, seal_journal

        store, keys = anchor_store(), seal_keys()
        begun = [restart_seals(store, keys, reason=restart)] if restart else []
        made = begun + seal_journal(store, keys)
    say(
        f"已做第 {made[-1].number} 号封印，共封 {made[-1].rows} 条。",
        f"Seal {made[-1].number} made; {made[-1].rows} rows are sealed.",
    )


@command.command("renew-key")
def renew_key() -> None:
    """更换封印密钥；以前的封印仍然有效。Sign with a new key from now on."""
    with database("worker"):
        from django.conf import settings

        signer = settings.LINLI_SEAL_KEYS.renew()
    say(
        f"新的封印公钥：{signer.name} {signer.public_key.hex()}。请通知在外核验的人。",
        f"New public key: {signer.name} {signer.public_key.hex()}. "
        "Tell whoever verifies from outside.",
    )


@command.command("export-proof")
@click.argument("ref")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_proof(ref: str, file: Path) -> None:
    """导出一个工单的流水及其封印证明。Write a case's facts with proof of their seals."""
    with database("worker"):
        from linli.domain.audit.selectors import anchor_store, seal_keys
        from linli.domain.audit.services import take_proof

        proof = take_proof(anchor_store(), seal_keys(), ref, actor=_shell(), at=utc_now())
    file.write_text(proof.text, encoding="utf-8")
    say(
        f"{file}：{proof.rows} 条记录，另有 {proof.unsealed} 条尚未封印、未写入。",
        f"{file}: {proof.rows} rows; {proof.unsealed} more are not sealed yet and left out.",
    )


@command.command("check-proof")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", default="", help="public key the seals must carry, in hexadecimal")
def check_proof(file: Path, key: str) -> None:
    """核验一份封印证明；不需要数据库。Check such a proof; needs no database."""
    from linli.kernel.proof import report_on

    report = report_on(file.read_text(encoding="utf-8"), key=key)
    click.echo("\n".join(report.lines))
    sys.exit(0 if report.is_good else 1)


def _shell() -> "Shell":
    return Shell()


class Shell:
    """Whoever has the command line; the journal knows no more of them."""

    user_id = None
    name = "command line"
