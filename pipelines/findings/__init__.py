"""What the audit looks for; each function turns frames into findings."""
