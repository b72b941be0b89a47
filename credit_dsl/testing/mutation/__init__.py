"""Changes a policy, one thing at a time, and sees which changes no test notices.

change.py      one change, as edits of the text        words.py         the words of a file by their places
literals.py    a threshold one unit away               expressions.py   changes of conditions and amounts
rules.py scores.py limits.py items.py                  changes of each kind of item
changes.py     all changes of a policy                 apply.py         a changed policy, checked
notice.py      which changes the tests notice          equivalent.py    changes that change nothing
mutation.py    the whole: changes in, score out
"""
