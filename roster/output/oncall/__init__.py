"""Who is on call when (`output/on_call_stretches`), in the form that each tool takes that pages people."""
