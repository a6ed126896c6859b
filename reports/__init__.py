"""Charts, theme and page: ready-made frames in, one self-contained HTML file out."""
