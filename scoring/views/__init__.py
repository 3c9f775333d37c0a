"""Pages of the app scoring."""
