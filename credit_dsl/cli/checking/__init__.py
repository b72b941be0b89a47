"""What stands behind `check`: which files belong together, what is known of them, what is mended, what is shown."""
