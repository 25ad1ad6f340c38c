"""The page on gate space: what each entry of v adds, and the gate as a map of v."""
