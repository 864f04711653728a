"""Prints what came in on an account, as pycoda reads it: a line for each file, then one for each movement that is no total."""

import pathlib
import sys

from coda.parser import Parser
from coda.statement import MovementRecordType

own, folder = sys.argv[1], pathlib.Path(sys.argv[2])
for path in sorted(folder.glob("*.cod")):
    print(path.name)
    for statement in Parser().parse(path.read_bytes()):
        if statement.acc_number != own:
            continue
        for movement in statement.movements:
            came_in = movement.transaction_amount_sign == "0"
            if came_in and movement.type == MovementRecordType.NORMAL:
                amount = f"{movement.transaction_amount:.2f}"
                print(amount, movement.entry_date, movement.counterparty_name)
