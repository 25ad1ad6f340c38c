"""A cell drawn from its table: what each step plays, where it stands, how its wires run, as SVG."""
