"""What an import does with each file of a window: read or skip it, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection
from zongji.corpus.digests import digest_of_file
from zongji.pipeline.bulk.discovery import Entry
from zongji.pipeline.bulk.ledger import BAD, OPEN, Done, Known, known_contents, known_paths, recorded
from zongji.pipeline.bulk.program import Program
from zongji.pipeline.bulk.worker import Outcome, State, Task
from zongji.pipeline.reading.inputs import check_regular


@dataclass(frozen=True, slots=True)
class Policy:
    """What to do with files that the database knows."""

    force: bool = False
    """Read every file again."""
    retry_failed: bool = False
    """Retry files that failed."""
    keep: bool = False
    """Skip what has records, even if the file has changed, or was read by another program."""

    def again(self, state: State | None) -> bool:
        """True if a content in this state is to be read."""
        return self.force or state is None or state in OPEN or (self.retry_failed and state in BAD)

    def kept(self, connection: Connection, digests: Sequence[str]) -> set[str]:
        """Those of the contents whose records are kept, whichever program made them."""
        if self.force or not self.keep:
            return set()
        return recorded(connection, digests, {State.SUCCESS} if self.retry_failed else {State.SUCCESS, State.PARTIAL})


@dataclass(slots=True)
class Plan:
    """The decisions on a window of files."""

    tasks: list[Task] = field(default_factory=list)
    links: list[tuple[Entry, str]] = field(default_factory=list)
    """Files whose content was read at another path."""
    unreadable: list[Done] = field(default_factory=list)
    unchanged: int = 0
    bad_before: int = 0
    kept: int = 0
    joined: int = 0
    """Files whose content is being read at another path."""


def plan(
    connection: Connection,
    window: Sequence[Entry],
    policy: Policy,
    program: Program,
    under_way: dict[str, list[Entry]],
) -> Plan:
    """Decide about each file; contents to be read are added to `under_way` with their paths."""
    made = Plan()
    known = known_paths(connection, [entry.key for entry in window], program.name)
    kept = policy.kept(connection, [path.sha256 for path in known.values()])
    changed = [entry for entry in window if not _is_settled(entry, known.get(entry.key), policy, kept, made)]
    digests = {entry: _digest(entry) for entry in changed}
    readable = [digest for digest in digests.values() if not isinstance(digest, OSError)]
    states = known_contents(connection, readable, program.name)
    kept = policy.kept(connection, readable)
    for entry, digest in digests.items():
        if isinstance(digest, OSError):
            made.unreadable.append(_unreadable(entry, digest, program))
        elif digest in under_way:
            under_way[digest].append(entry)
            made.joined += 1
        elif digest not in kept and policy.again(states.get(digest)):
            under_way[digest] = [entry]
            made.tasks.append(Task(entry.path, digest, entry.bytes, program.name, program.settings))
        else:
            made.links.append((entry, digest))
    return made


def _is_settled(entry: Entry, known: Known | None, policy: Policy, kept: Collection[str], made: Plan) -> bool:
    """True for a file that is skipped; it is counted."""
    if known is None or entry.bytes < 0:
        return False
    same = (known.bytes, known.modified) == (entry.bytes, entry.modified)
    if same and not policy.again(known.state):
        made.unchanged += 1
        made.bad_before += known.state in BAD
        return True
    if known.sha256 in kept:
        made.kept += 1
        return True
    return False


def _digest(entry: Entry) -> str | OSError:
    """The digest of a file, or the error."""
    try:
        check_regular(entry.path)
        return digest_of_file(entry.path)
    except OSError as error:
        return error


def unreadable(entry: Entry, program: Program) -> Outcome | None:
    """The outcome of a file that cannot be read; None if it can."""
    found = _digest(entry)
    return _unreadable(entry, found, program).outcome if isinstance(found, OSError) else None


def _unreadable(entry: Entry, error: OSError, program: Program) -> Done:
    """A file that cannot even be opened: its row in the ledger is keyed by its path."""
    task = Task(entry.path, f"path:{entry.key}", max(entry.bytes, 0), program.name, program.settings)
    outcome = Outcome(task, State.FAILED, f"cannot be read: {error.strerror or error}")
    return Done(outcome, (replace(entry, bytes=-1, modified=0),))
