"""How a step is written and explained: letters, LaTeX, arithmetic, and the lesson's words."""
