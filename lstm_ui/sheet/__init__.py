"""The sheet, the component that shows blocks and reports edits; diagram and figure beside it."""
