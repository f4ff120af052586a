"""Why a number became its record or was rejected: every decision on the way, with its rule.

The trace uses the code that makes the records, without slowing it down:

- `flow.staged` returns the result of each stage for a document, as data. A trace runs the same function.
- Each decision has an ordered tuple of rules, and its outcome is passed on with the rule that decided
  it (`figures.ruled`). `figures.extract.numbers` keeps these for every number; extraction drops them. The trace
  continues with the same tuple: the next rule with another answer is the runner-up.
- Rules are pure functions. If the path through one matters, the trace calls it again under an observer
  (`watching`), which records every inner call and the line of its `return`.

So tracing costs nothing when unused, and cannot disagree with the records: `tests/test_trace.py` compares
the two on the annotated documents.
"""

from zongji.pipeline.trace.records import DocumentTrace, FileTrace, Option, Rule, Stage, Step, Trace
from zongji.pipeline.trace.tracer import trace_file, trace_text

__all__ = ["DocumentTrace", "FileTrace", "Option", "Rule", "Stage", "Step", "Trace", "trace_file", "trace_text"]
