"""Tables as CSV and XLSX, bounded before they are read."""
