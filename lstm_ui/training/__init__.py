"""Training: runs in processes beside the pages, and the page that shows them."""
