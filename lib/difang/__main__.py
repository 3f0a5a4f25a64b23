"""`python -m difang`: the same as the command `difang`."""

import sys

from difang.cli import main

sys.exit(main())
