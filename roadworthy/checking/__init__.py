"""What can be known before anything is computed: of the file, of the trackers, of the data."""
