"""A worksheet and its key as a page to print, and many of them as one archive."""
