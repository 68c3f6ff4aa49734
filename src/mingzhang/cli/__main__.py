"""`python -m mingzhang.cli`, the same as `mingzhang`."""

from mingzhang.cli import main

main()
