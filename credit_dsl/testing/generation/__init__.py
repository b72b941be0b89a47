"""Proposes tests: small cases that show what the present tests do not, with what really comes out of them.

situation.py    the facts of a case, and its test     plain.py mended.py   a case in which nothing is wrong
reading.py      which facts an item reads             candidates.py        values of a fact that a policy tells apart
listed.py       rows of lists                         solving.py turned.py a figure brought to its threshold
moves.py        small steps away from the plain case  pool.py              cases, the nearest first
bench.py        cases run by the interpreter          observed.py          what came out, as expectations
titles.py       a title in words                      writing.py           the text of a test
shrinking.py    the smallest case with the same point verified.py          it checks, and it passes
generate.py     the whole
"""
