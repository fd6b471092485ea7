"""Every LINLI_ variable of the environment: its default, its meaning, and how it is read.

Reading fails loudly: a name that nobody knows, a value that cannot be, a secret that is missing.
`docs/reference/settings.md` is generated from this table.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from linli.kernel.errors import Rejected

TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


@dataclass(frozen=True)
class Option:
    """One variable. A secret may also be given as a file, named in NAME_FILE."""

    name: str
    default: str
    zh: str
    en: str
    choices: tuple[str, ...] = ()
    is_secret: bool = False


OPTIONS = (
    Option(
        "LINLI_ENV",
        "demo",
        "demo：带演示数据，只在本机开放；production：正式运行；test：测试用。",
        "demo: a town of demo data, reachable from this machine only; production; test.",
        choices=("demo", "production", "test"),
    ),
    Option(
        "LINLI_HOME",
        "",
        "数据目录。空：~/.local/share/linli。",
        "Folder of all data. Empty: ~/.local/share/linli.",
    ),
    Option(
        "LINLI_DATABASE_URL",
        "",
        "PostgreSQL 15 及以上的地址 postgresql://主机:端口/库名；不写用户时按进程角色取用户名，"
        "密码取自 PGPASSFILE。空：使用内置 PostgreSQL。",
        "A PostgreSQL ≥ 15, postgresql://host:port/name; without a user each process takes its "
        "role's name, and the password comes from PGPASSFILE. Empty: the embedded PostgreSQL.",
        is_secret=True,
    ),
    Option(
        "LINLI_ROLE",
        "",
        "本进程的数据库角色，由 linli 命令设定。空：web（测试中为 owner）。",
        "The database role of this process, set by the linli command. Empty: web (tests: owner).",
        choices=("", "owner", "web", "worker", "insight", "audit", "backup"),
    ),
    Option(
        "LINLI_SECRET_KEY",
        "",
        "签名密钥，至少 50 个字符。空：首次启动时生成，存于 LINLI_HOME/secret_key。",
        "Key of signatures, 50 characters or more. Empty: made at the first start and kept in "
        "LINLI_HOME/secret_key.",
        is_secret=True,
    ),
    Option(
        "LINLI_OLD_SECRET_KEYS",
        "",
        "更换密钥后仍认可的旧密钥，用逗号分隔。",
        "Former keys that are still honoured after a change, separated by commas.",
        is_secret=True,
    ),
    Option(
        "LINLI_HOSTS",
        "localhost,127.0.0.1,[::1]",
        "网站的主机名，用逗号分隔；正式运行时必填。",
        "Host names of the site, separated by commas; production needs its own.",
    ),
    Option(
        "LINLI_BEHIND_PROXY",
        "no",
        "yes：前面有反向代理终结 TLS，并设置 X-Forwarded-Proto 和 X-Forwarded-For。",
        "yes: a reverse proxy in front ends TLS and sets X-Forwarded-Proto and X-Forwarded-For.",
    ),
    Option(
        "LINLI_LANGUAGE",
        "zh-hans",
        "首选语言。",
        "Language of whoever states none.",
        choices=("zh-hans", "en"),
    ),
    Option("LINLI_TIME_ZONE", "Asia/Shanghai", "显示时间所用时区。", "Zone of the times shown."),
    Option(
        "LINLI_PACKS",
        "",
        "标准包目录。空：程序自带的 packs/。",
        "Folder of the standards packs. Empty: the packs/ beside the program.",
    ),
    Option(
        "LINLI_SESSION_MINUTES",
        "480",
        "登录后多少分钟须重新登录。",
        "Minutes after which one must sign in again.",
    ),
    Option(
        "LINLI_PASSWORD_LENGTH",
        "12",
        "密码至少多少个字符，不小于 8。OWASP ASVS 5.0.0 第 6.2.1 条：至少 8，建议 15。",
        "Least characters of a password, 8 or more. OWASP ASVS 5.0.0, 6.2.1: 8 at least, "
        "15 recommended.",
    ),
    Option(
        "LINLI_OIDC_ISSUER",
        "",
        "统一登录（OpenID Connect）提供方的 issuer 地址，与它自报的一字不差。空：不用。",
        "Issuer of the identity provider (OpenID Connect), just as it calls itself. Empty: none.",
    ),
    Option("LINLI_OIDC_CLIENT_ID", "", "在提供方登记的客户端编号。", "Client id at the provider."),
    Option(
        "LINLI_OIDC_CLIENT_SECRET",
        "",
        "在提供方登记的客户端密钥。",
        "Client secret at the provider.",
        is_secret=True,
    ),
    Option(
        "LINLI_OIDC_NAME",
        "统一身份认证",
        "登录页上显示的提供方名称。",
        "What the sign-in page calls the provider.",
    ),
    Option(
        "LINLI_OIDC_CLAIM",
        "",
        "首次登录时按 ID token 的哪一项对应用户名，如 preferred_username。空：只认 linli users "
        "link 绑定过的账号。",
        "Claim of the ID token that holds the user name at a first sign-in, such as "
        "preferred_username. Empty: only accounts tied by linli users link.",
    ),
    Option(
        "LINLI_OIDC_CREATE",
        "no",
        "yes：没有账号时自动开设（没有岗位，什么也看不到）。",
        "yes: an account is opened where there is none (without posts it sees nothing).",
    ),
    Option(
        "LINLI_EGRESS_HOSTS",
        "",
        "除统一登录的 issuer 外可以向外连接的主机，用逗号分隔：主机、主机:端口，或主机=内网网段"
        "（如 sso.example=10.1.0.0/16）；不写网段的只连公网地址。",
        "Hosts that may be called besides the issuer's, separated by commas: host, host:port or "
        "host=network (such as sso.example=10.1.0.0/16); without a network only public addresses.",
    ),
    Option(
        "LINLI_EGRESS_TRUST",
        "",
        "向外连接时信任的证书文件（PEM）。空：通用的根证书。",
        "File of certificates (PEM) that calls to others trust. Empty: the usual authorities.",
    ),
    Option(
        "LINLI_REGION",
        "CN",
        "按哪个地区的工作日历计时（标准包中的 region）。",
        "The region whose working calendar counts (region in the packs).",
    ),
    Option(
        "LINLI_STANDARD",
        "demand",
        "民意诉求所用标准的代码，三率按它计算。",
        "Code of the standard for residents' demands; the three rates are reckoned by it.",
    ),
    Option(
        "LINLI_JOURNAL_HASH",
        "sha256",
        "日志链的杂凑算法；sm3 在程序中计算，需要 OpenSSL 支持。",
        "Hash of the journal's chain; sm3 is reckoned in the program and needs OpenSSL to know it.",
        choices=("sha256", "sm3"),
    ),
    Option(
        "LINLI_BACKUPS",
        "",
        "备份目录，最好在另一块磁盘上；设了它，linli up 会持续备份。空：LINLI_HOME/backups。",
        "Folder of the backups, best on another disk; where it is set, linli up keeps backing up. "
        "Empty: LINLI_HOME/backups.",
    ),
    Option(
        "LINLI_BACKUP_KEY",
        "",
        "备份的密钥或口令，至少 20 个字符。空：首次备份时生成，存于 LINLI_HOME/backup_key。",
        "Key or passphrase of the backups, 20 characters or more. Empty: made at the first backup "
        "and kept in LINLI_HOME/backup_key.",
        is_secret=True,
    ),
    Option(
        "LINLI_CRYPTO",
        "intl",
        "封存个人信息所用的算法：intl 为 AES-256-GCM、SHA-256；gm 为 SM4-GCM、SM3。",
        "Algorithms that seal personal data: intl is AES-256-GCM and SHA-256, gm SM4-GCM and SM3.",
        choices=("intl", "gm"),
    ),
    Option(
        "LINLI_KEYS",
        "",
        "主密钥目录，最好不与数据放在同一块盘上。空：LINLI_HOME/keys。",
        "Folder of the master keys, best on another disk than the data. Empty: LINLI_HOME/keys.",
    ),
    Option(
        "LINLI_ANCHOR_DIR",
        "",
        "封印目录，应放在数据库属主写不到的地方，最好是另一台机器或只追加的存储。"
        "空：LINLI_HOME/anchor。",
        "Folder of the seals; should lie where the database's owner cannot write, best on another "
        "machine or on write-once storage. Empty: LINLI_HOME/anchor.",
    ),
    Option(
        "LINLI_SEAL_SIGNATURE",
        "ed25519",
        "封印的签名算法：ed25519（RFC 8032）；sm2（GB/T 32918）需要安装 gmssl。",
        "What signs the seals: ed25519 (RFC 8032); sm2 (GB/T 32918) needs gmssl.",
        choices=("ed25519", "sm2"),
    ),
    Option(
        "LINLI_SEAL_HEARTBEAT_MINUTES",
        "60",
        "没有新记录时，隔多少分钟仍封印一次，以便看出封印是否停了（见决策 0013）。",
        "Minutes after which the journal is sealed although nothing was written, so that it shows "
        "when sealing has stopped (decision 0013).",
    ),
    Option(
        "LINLI_FLOOR_MB",
        "512",
        "数据盘至少留多少 MB；低于此数不再收件，返回 503 和 Retry-After。",
        "MB that stay free on the disk of the data; below that nothing new is taken, and the "
        "answer is 503 with Retry-After.",
    ),
    Option("LINLI_WEB_WORKERS", "2", "网页进程数。", "Processes that serve pages."),
    Option("LINLI_WEB_THREADS", "8", "每个网页进程的线程数。", "Threads in each such process."),
    Option(
        "LINLI_LOG_LEVEL",
        "INFO",
        "日志级别。",
        "How much is logged.",
        choices=("DEBUG", "INFO", "WARNING", "ERROR"),
    ),
)
_BY_NAME = {option.name: option for option in OPTIONS}


def text(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return a variable's value; a secret's also from the file that NAME_FILE names."""
    option = _BY_NAME[name]
    value = environment.get(name, "") or _from_file(option, environment) or option.default
    if option.choices and value not in option.choices:
        allowed = " | ".join(choice or '""' for choice in option.choices)
        raise _refused(name, f"“{value}”不属于 {allowed}", f"{value!r} is not of {allowed}")
    return value


def integer(name: str, *, least: int, environment: Mapping[str, str] = os.environ) -> int:
    """Return a variable's value as a whole number that is not below the least."""
    value = text(name, environment)
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise _refused(
            name, f"“{value}”不是不小于 {least} 的整数", f"{value!r} is no whole number ≥ {least}"
        )
    return int(value)


def flag(name: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a variable says yes."""
    value = text(name, environment).lower()
    if value not in TRUE + FALSE:
        raise _refused(name, f"“{value}”既不是 yes 也不是 no", f"{value!r} is neither yes nor no")
    return value in TRUE


def words(name: str, environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the values that a variable lists between commas."""
    return [word.strip() for word in text(name, environment).split(",") if word.strip()]


def refuse_unknown(environment: Mapping[str, str] = os.environ) -> None:
    """Raise Rejected for a LINLI_ variable that nobody reads: most often a slip of the pen."""
    known = set(_BY_NAME) | {f"{option.name}_FILE" for option in OPTIONS if option.is_secret}
    for name in sorted(environment):
        if name.startswith("LINLI_") and name not in known:
            raise _refused(name, "没有这个设置", "there is no such setting")


def _from_file(option: Option, environment: Mapping[str, str]) -> str:
    named = environment.get(f"{option.name}_FILE", "") if option.is_secret else ""
    if not named:
        return ""
    try:
        return Path(named).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise _refused(
            f"{option.name}_FILE",
            f"文件 {named} 读不出来（{error.strerror}）",
            f"the file {named} cannot be read ({error.strerror})",
        ) from error


def _refused(name: str, zh: str, en: str) -> Rejected:
    return Rejected(
        f"环境变量 {name}：{zh}。各项设置见 docs/reference/settings.md。",
        f"Environment variable {name}: {en}. All settings: docs/reference/settings.md.",
        field=name,
    )
