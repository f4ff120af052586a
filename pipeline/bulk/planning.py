"""What an import does with each file of a window: read or skip it, and why."""

from __future__ import annotations

import errno
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection
from zongji.corpus.digests import digest_of_file
from zongji.pipeline.bulk.discovery import Entry
from zongji.pipeline.bulk.ledger import BAD, OPEN, Done, Known, known_contents, known_failures, known_paths, recorded
from zongji.pipeline.bulk.looking import Search, is_gone
from zongji.pipeline.bulk.paths import UNREAD, Move, Source, sources_of
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
    """Paths to record without reading."""
    moves: list[Move] = field(default_factory=list)
    """Paths whose content lay elsewhere before, read or not."""
    unreadable: list[Done] = field(default_factory=list)
    unchanged: int = 0
    failed_before: int = 0
    same_content: int = 0
    moved: int = 0
    kept: int = 0
    back: int = 0
    """Files that had been gone; they count as one of the others, too."""


def plan(
    connection: Connection,
    window: Sequence[Entry],
    policy: Policy,
    program: Program,
    under_way: dict[str, list[Entry]],
    search: Search,
) -> Plan:
    """Decide about each file; contents to be read are added to `under_way` with their paths."""
    made = Plan()
    known = known_paths(connection, [entry.key for entry in window], program.name)
    kept = policy.kept(connection, [path.sha256 for path in known.values()])
    changed = [entry for entry in window if not _is_settled(entry, known.get(entry.key), policy, kept, made)]
    found = {entry: _digest(entry) for entry in changed}
    digests = {entry: digest for entry, digest in found.items() if not isinstance(digest, OSError)}
    errors = {entry: error for entry, error in found.items() if isinstance(error, OSError)}
    _plan_unreadable(connection, errors, policy, program, made)
    made.back += sum(known[entry.key].gone for entry in digests if entry.key in known)
    states = known_contents(connection, list(digests.values()), program.name)
    kept = policy.kept(connection, list(digests.values()))
    new = {entry: digest for entry, digest in digests.items() if _sha256(known, entry) != digest}
    left = _left_paths(connection, sorted(set(new.values())), search)
    for entry, digest in digests.items():
        state = states.get(digest)
        if digest in under_way:
            under_way[digest].append(entry)
            made.same_content += 1
            continue
        old = left[digest].pop() if entry in new and left.get(digest) else None
        if old is not None:
            made.moves.append(Move(entry, digest, old.key, old.path))
        if digest not in kept and policy.again(state):
            under_way[digest] = [entry]
            made.tasks.append(Task(entry.path, digest, entry.bytes, program.name, program.settings))
            continue
        if old is None:
            made.links.append((entry, digest))
        made.failed_before += state in BAD
        made.moved += old is not None and state not in BAD
        made.unchanged += entry not in new and state not in BAD
        made.same_content += old is None and entry in new and state not in BAD
    return made


def _sha256(known: Mapping[str, Known], entry: Entry) -> str | None:
    return known[entry.key].sha256 if entry.key in known else None


def _left_paths(connection: Connection, digests: Sequence[str], search: Search) -> dict[str, list[Source]]:
    """The paths at which contents lay and which a search would find, but no longer does; the last one first."""
    left: dict[str, list[Source]] = defaultdict(list)
    for source in sources_of(connection, digests):
        if source.gone or (search.holds(source.path, source.modified) and is_gone(source.path)):
            left[source.sha256].append(source)
    return {sha256: sources[::-1] for sha256, sources in left.items()}


def _plan_unreadable(
    connection: Connection, errors: Mapping[Entry, OSError], policy: Policy, program: Program, made: Plan
) -> None:
    """Files that cannot be opened: a known failure, unless it is that a path given by name does not exist."""
    done = [(_unreadable(entry, error, program), error) for entry, error in errors.items()]
    digests = [item.outcome.task.sha256 for item, _ in done]
    before = known_failures(connection, digests, program.name) if digests else {}
    for item, error in done:
        alike = before.get(item.outcome.task.sha256) == item.outcome.reason
        if alike and error.errno != errno.ENOENT and not policy.again(State.FAILED):
            made.failed_before += 1
        else:
            made.unreadable.append(item)


def _is_settled(entry: Entry, known: Known | None, policy: Policy, kept: Collection[str], made: Plan) -> bool:
    """True for a file that is skipped; it is counted."""
    if known is None or entry.bytes < 0:
        return False
    same = (known.bytes, known.modified) == (entry.bytes, entry.modified)
    settled = True
    if same and not policy.again(known.state):
        made.failed_before += known.state in BAD
        made.unchanged += known.state not in BAD
    elif known.sha256 in kept:
        made.kept += 1
    else:
        settled = False
    if settled and known.gone:
        made.back += 1
        made.links.append((replace(entry, bytes=known.bytes, modified=known.modified), known.sha256))
    return settled


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
    task = Task(entry.path, UNREAD + entry.key, max(entry.bytes, 0), program.name, program.settings)
    outcome = Outcome(task, State.FAILED, f"cannot be read: {error.strerror or error}")
    return Done(outcome, (replace(entry, bytes=-1, modified=0),))
