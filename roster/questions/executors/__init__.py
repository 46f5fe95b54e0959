"""Who does the work of a large question: this process, processes of its own, or a cluster."""
