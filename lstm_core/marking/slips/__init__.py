"""Every mistake that has a name, and how it is found behind a wrong entry."""
