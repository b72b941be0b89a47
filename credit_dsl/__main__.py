"""The way in from the shell: `credit-dsl`, also `python -m credit_dsl`."""

import signal

# Until the command takes over, Ctrl-C ends the program as it ends any other, without a word.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from credit_dsl.cli.main import main

if __name__ == "__main__":
    main(prog_name="credit-dsl")
