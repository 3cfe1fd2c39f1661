"""Single choice: one right option among several."""
