"""Who does the work of a large question: this process, processes of its own, or a cluster."""

from __future__ import annotations

from roster.questions.executors.executor import (
    PROCESSES,
    Inline,
    begin_worker,
    elsewhere,
    opened,
    own_processes,
)
