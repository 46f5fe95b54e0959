"""Who is on call when (`output/on_call`), in the form that each tool takes that pages people."""
