"""``python -m roadworthy``: the same as the command ``roadworthy``."""

from roadworthy.cli import main

if __name__ == "__main__":
    main()
