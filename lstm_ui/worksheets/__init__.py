"""The page that makes worksheets."""
