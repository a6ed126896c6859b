"""Pure frames in, frames out: no input or output, no clock; the snapshot is always given."""
