"""What holds for all unit tests: no network, no library's start-up notes, one thread.

Tiny networks are slower on several threads, and the more so the busier the machine is.
"""

import os

import lib  # noqa: F401  (libraries stay silent and off the network, as in every stage)

os.environ["OMP_NUM_THREADS"] = "1"
