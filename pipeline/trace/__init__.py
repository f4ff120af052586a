"""Why a number became its record or was rejected: every decision on the way, with its rule.

The trace uses the code that makes the records, without slowing it down:

- `flow.staged` gives what each stage made of a document, as data. A trace runs the same function.
- A decision of the stages is a tuple of rules in order, and what is decided is handed on with the rule that decided
  it (`figures.ruled`). `figures.extract.numbers` keeps these for every number; extracting drops them. The trace asks
  the same tuple on: the next rule that says something else is the runner-up.
- Rules are pure functions. Where the way through one matters, the trace calls it again under an observer
  (`watching`), which sees every call inside and the line of its `return`.

So tracing costs nothing when unused, and cannot disagree with the records: `tests/test_trace.py` compares
the two on the annotated documents.
"""

from zongji.pipeline.trace.records import DocumentTrace, FileTrace, Option, Rule, Stage, Step, Trace
from zongji.pipeline.trace.tracer import trace_file, trace_text

__all__ = ["DocumentTrace", "FileTrace", "Option", "Rule", "Stage", "Step", "Trace", "trace_file", "trace_text"]
