"""Facts about accounts."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class UserCreated(Event):
    """An account was opened."""

    name: ClassVar[str] = "user_created"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    is_demo: bool


@dataclass(frozen=True)
class TokenIssued(Event):
    """A key was issued to another system."""

    name: ClassVar[str] = "token_issued"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    token_name: str
    scopes: list[str | int]


@dataclass(frozen=True)
class TokenRevoked(Event):
    """A key was taken back; it opens nothing from the next request on."""

    name: ClassVar[str] = "token_revoked"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    token_name: str


@dataclass(frozen=True)
class AccountClosed(Event):
    """An account was shut; its sessions and keys are over."""

    name: ClassVar[str] = "account_closed"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    reason: str
    sessions: int
    tokens: int


@dataclass(frozen=True)
class AccountReopened(Event):
    """An account that was shut may sign in again."""

    name: ClassVar[str] = "account_reopened"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    reason: str


@dataclass(frozen=True)
class SignedIn(Event):
    """Somebody signed in; `methods` are the steps taken."""

    name: ClassVar[str] = "signed_in"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    methods: list[str | int]


@dataclass(frozen=True)
class AccountSecured(Event):
    """What guards an account has changed: a password, a passkey, an authenticator, codes."""

    name: ClassVar[str] = "account_secured"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    what: str


@dataclass(frozen=True)
class SessionsEnded(Event):
    """Sessions of an account were ended before their time."""

    name: ClassVar[str] = "sessions_ended"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    sessions: int


@dataclass(frozen=True)
class SecondStepsDropped(Event):
    """All second steps of an account were removed on the server, and its sessions ended."""

    name: ClassVar[str] = "second_steps_dropped"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    reason: str
    steps: int
    sessions: int


@dataclass(frozen=True)
class SignInLinkIssued(Event):
    """A link by which an account's holder sets a password, once, was handed out."""

    name: ClassVar[str] = "sign_in_link_issued"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str


@dataclass(frozen=True)
class AccountLinked(Event):
    """An account was tied to a subject of a sign-in provider."""

    name: ClassVar[str] = "account_linked"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    provider: str


@dataclass(frozen=True)
class PostProposed(Event):
    """A post of weight was proposed; it gives nothing until another person decides."""

    name: ClassVar[str] = "post_proposed"
    subject_type: ClassVar[str] = "post_proposal"
    subject_field: ClassVar[str] = "proposal"
    proposal: str
    username: str
    role: str
    unit: str
    post: str
    area: str
    reason: str


@dataclass(frozen=True)
class PostProposalDecided(Event):
    """Another person decided on a proposed post: approved or refused."""

    name: ClassVar[str] = "post_proposal_decided"
    subject_type: ClassVar[str] = "post_proposal"
    subject_field: ClassVar[str] = "proposal"
    proposal: str
    username: str
    role: str
    decision: str
    answer: str


@dataclass(frozen=True)
class OpeningAsked(Event):
    """Somebody asked for a way in: emergency access to a case, or the identity behind one.

    `case_ref` is "" where no case bears the number; `is_given` says that it stood open at once.
    """

    name: ClassVar[str] = "opening_asked"
    subject_type: ClassVar[str] = "opening"
    subject_field: ClassVar[str] = "opening"
    opening: str
    kind: str
    number: str
    case_ref: str
    reason: str
    is_urgent: bool
    is_given: bool


@dataclass(frozen=True)
class OpeningDecided(Event):
    """Another person decided on a way in: granted it until a moment, or refused it."""

    name: ClassVar[str] = "opening_decided"
    subject_type: ClassVar[str] = "opening"
    subject_field: ClassVar[str] = "opening"
    opening: str
    kind: str
    case_ref: str
    decision: str
    until: str


@dataclass(frozen=True)
class OpeningEnded(Event):
    """A way in was shut before its time."""

    name: ClassVar[str] = "opening_ended"
    subject_type: ClassVar[str] = "opening"
    subject_field: ClassVar[str] = "opening"
    opening: str
    kind: str
    case_ref: str


@dataclass(frozen=True)
class OpeningUnconfirmed(Event):
    """Access was given at once, and nobody confirmed it in time: auditors are to look."""

    name: ClassVar[str] = "opening_unconfirmed"
    subject_type: ClassVar[str] = "opening"
    subject_field: ClassVar[str] = "opening"
    opening: str
    case_ref: str
