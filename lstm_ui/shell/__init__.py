"""What surrounds every page: the address, the sidebar, sharing, files for the browser."""
