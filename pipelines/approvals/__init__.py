"""What each change had to be approved by, and how long that took."""
