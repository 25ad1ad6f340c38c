"""Formulas and numbers as HTML: MathML for pages that are printed."""
